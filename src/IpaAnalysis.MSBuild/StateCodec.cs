using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.MSBuild;

/// <summary>How the tasks' state files write what several of them hold.</summary>
internal static class StateCodec
{
    private static readonly Dictionary<string, DiagnosticDescriptor> s_descriptors =
        DiagnosticCatalog.All.ToDictionary(d => d.Code, StringComparer.Ordinal);

    public static void WriteText(this BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    public static string? ReadText(this BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    public static void WriteList<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    public static T[] ReadList<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }

    public static void WriteDiagnostic(this BinaryWriter writer, Diagnostic diagnostic)
    {
        writer.Write(diagnostic.Code);
        writer.Write(diagnostic.Message);
        writer.WriteText(diagnostic.File);
        writer.Write(diagnostic.Line);
        writer.Write(diagnostic.Column);
    }

    public static Diagnostic ReadDiagnostic(this BinaryReader reader) => new(
        s_descriptors[reader.ReadString()],
        reader.ReadString(),
        reader.ReadText(),
        reader.ReadInt32(),
        reader.ReadInt32());
}
