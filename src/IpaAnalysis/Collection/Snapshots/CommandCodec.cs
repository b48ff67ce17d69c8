using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>
/// How commands are remembered: of their words only the compiler and what decides about passes, which whole trees share.
/// </summary>
internal static class CommandCodec
{
    [Flags]
    private enum Traits : byte
    {
        None = 0,
        Kbuild = 1,
        DumpsClones = 2,
        CallGraphInfo = 4,
        Lto = 8,
        ResponseFile = 16,
    }

    public static void Write(BinaryWriter writer, RecordedCommand command, WordLists lists)
    {
        var kbuild = command as KbuildCommand;
        writer.Write((byte)(
            (kbuild is null ? Traits.None : Traits.Kbuild)
            | (command.DumpsClones ? Traits.DumpsClones : Traits.None)
            | (command.CallGraphInfo ? Traits.CallGraphInfo : Traits.None)
            | (command.IsLto ? Traits.Lto : Traits.None)
            | (command.HasResponseFile ? Traits.ResponseFile : Traits.None)));
        writer.Write((byte)command.Kind);
        writer.Write(lists.Add(command.Words.IsEmpty ? [] : [command.Words[0], .. PassFlags.Select(command.Words.AsSpan()[1..])]));
        writer.Write(lists.Add(command.Wrapper));
        writer.Write(lists.Add(command.IncludeDirectories));
        writer.WriteText(command.Source);
        writer.WriteText(command.Output);
        writer.WriteText(command.WorkingDirectory);
        writer.WriteText(command.CloneDumpFile);
        writer.WriteText(command.DumpDirectory);
        writer.WriteText(command.DumpBase);
        if (kbuild is not null)
        {
            writer.Write(kbuild.Target);
        }
        else
        {
            var entry = (CompileCommand)command;
            writer.Write(entry.File);
            writer.Write(entry.ObjectFile);
            writer.Write7BitEncodedInt(entry.Line);
        }
    }

    public static RecordedCommand Read(StateReader reader, WordLists lists)
    {
        var traits = (Traits)reader.ReadByte();
        var command = new RecordedCommand
        {
            Kind = (CommandKind)reader.ReadByte((byte)CommandKind.Host),
            Words = lists[reader.ReadString()],
            Wrapper = lists[reader.ReadString()],
            IncludeDirectories = lists[reader.ReadString()],
            Source = reader.ReadPathText(),
            Output = reader.ReadPathText(),
            WorkingDirectory = reader.ReadPathText(),
            CloneDumpFile = reader.ReadPathText(),
            DumpDirectory = reader.ReadPathText(),
            DumpBase = reader.ReadPathText(),
            DumpsClones = traits.HasFlag(Traits.DumpsClones),
            CallGraphInfo = traits.HasFlag(Traits.CallGraphInfo),
            IsLto = traits.HasFlag(Traits.Lto),
            HasResponseFile = traits.HasFlag(Traits.ResponseFile),
        };
        return traits.HasFlag(Traits.Kbuild)
            ? new KbuildCommand(command) { Target = reader.ReadPath() }
            : new CompileCommand(command) { File = reader.ReadPath(), ObjectFile = reader.ReadPath(), Line = reader.Read7BitEncodedInt() };
    }

    public static void WriteLists(BinaryWriter writer, WordLists lists)
    {
        writer.WriteList(lists.Used, static (w, list) =>
        {
            w.Write(list.Name);
            w.WriteList(list.Words, static (w2, word) => w2.Write(word));
        });
        writer.WriteList(lists.Names.Names, static (w, name) => w.Write(name));
    }

    public static void ReadLists(StateReader reader, WordLists lists)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            lists.Restore(reader.ReadString(), [.. reader.ReadList(static r => r.ReadString())]);
        }

        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            lists.Names.Add(reader.ReadString());
        }
    }
}
