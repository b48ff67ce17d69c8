using IpaAnalysis.CommandLines;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>How the list of units keeps the options of compiles.</summary>
internal static class RecordedOptionsCodec
{
    public static void Write(BinaryWriter writer, RecordedOptions options)
    {
        writer.Write(options.Compiler);
        writer.WriteList(options.Flags, static (w, f) => w.Write(f));
        writer.Write((byte)options.Origin);
        writer.WriteText(options.WorkingDirectory);
        writer.Write(options.IsTrusted);
    }

    public static RecordedOptions Read(StateReader reader) => new()
    {
        Compiler = reader.ReadPath(),
        Flags = [.. reader.ReadList(static r => r.ReadString())],
        Origin = (OptionOrigin)reader.ReadByte((byte)OptionOrigin.Object),
        WorkingDirectory = reader.ReadPathText(),
        IsTrusted = reader.ReadBoolean(),
    };
}
