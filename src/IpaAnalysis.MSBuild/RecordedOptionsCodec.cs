using IpaAnalysis.CommandLines;
using IpaAnalysis.Files;

namespace IpaAnalysis.MSBuild;

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

    public static RecordedOptions Read(BinaryReader reader) => new()
    {
        Compiler = reader.ReadString(),
        Flags = [.. reader.ReadList(static r => r.ReadString())],
        Origin = (OptionOrigin)reader.ReadByte(),
        WorkingDirectory = reader.ReadText(),
        IsTrusted = reader.ReadBoolean(),
    };
}
