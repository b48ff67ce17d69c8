using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files.State;

/// <summary>How every state file writes what several of them hold.</summary>
internal static class StateCodec
{
    private static readonly Dictionary<string, DiagnosticDescriptor> s_descriptors =
        DiagnosticCatalog.All.ToDictionary(d => d.Code, StringComparer.Ordinal);

    /// <summary>Writes a text that may be missing.</summary>
    public static void WriteText(this BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    /// <summary>Reads what <see cref="WriteText"/> wrote.</summary>
    public static string? ReadText(this StateReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    /// <summary>The same for what may be used as a path.</summary>
    public static string? ReadPathText(this StateReader reader) => reader.ReadBoolean() ? reader.ReadPath() : null;

    /// <summary>Writes bytes after their number; <see cref="StateReader.ReadBlock"/> reads them.</summary>
    public static void WriteBlock(this BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    /// <summary>Writes items after their number.</summary>
    public static void WriteList<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write7BitEncodedInt(items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    /// <summary>Reads what <see cref="WriteList"/> wrote.</summary>
    /// <exception cref="FormatException">There are fewer.</exception>
    public static List<T> ReadList<T>(this StateReader reader, Func<StateReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(read);
        var items = new List<T>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            items.Add(read(reader));
        }

        return items;
    }

    /// <summary>Writes what the file system said of a file.</summary>
    public static void WriteIdentity(this BinaryWriter writer, FileIdentity identity)
    {
        writer.Write(identity.Length);
        writer.Write(identity.ModifiedNanoseconds);
        writer.Write(identity.ChangedNanoseconds);
        writer.Write(identity.Inode);
        writer.Write(identity.Device);
    }

    /// <summary>Reads what <see cref="WriteIdentity"/> wrote.</summary>
    public static FileIdentity ReadIdentity(this StateReader reader) =>
        new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64(), reader.ReadUInt64());

    /// <summary>Writes a file's state.</summary>
    internal static void WriteState(this BinaryWriter writer, FileState state)
    {
        writer.WriteIdentity(state.Identity);
        writer.Write(state.Content is not null);
        if (state.Content is { } content)
        {
            writer.Write(content.High);
            writer.Write(content.Low);
        }
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    internal static FileState ReadState(this StateReader reader) =>
        new(reader.ReadIdentity(), reader.ReadBoolean() ? new Digest128(reader.ReadUInt64(), reader.ReadUInt64()) : null);

    /// <summary>Writes a diagnostic that is reported again while its cause is unchanged.</summary>
    public static void WriteDiagnostic(this BinaryWriter writer, Diagnostic diagnostic)
    {
        writer.Write(diagnostic.Code);
        writer.Write((byte)diagnostic.Severity);
        writer.Write(diagnostic.Message);
        writer.WriteText(diagnostic.File);
        writer.Write7BitEncodedInt(diagnostic.Line);
        writer.Write7BitEncodedInt(diagnostic.Column);
    }

    /// <summary>Reads what <see cref="WriteDiagnostic"/> wrote.</summary>
    /// <exception cref="FormatException">The code is in no table.</exception>
    public static Diagnostic ReadDiagnostic(this StateReader reader)
    {
        var descriptor = DescriptorOf(reader.ReadString());
        var severity = (DiagnosticSeverity)reader.ReadByte((byte)DiagnosticSeverity.Error);
        return new Diagnostic(
            descriptor, reader.ReadString(), reader.ReadText(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()) { Severity = severity };
    }

    /// <summary>The row of a code that was kept.</summary>
    /// <exception cref="FormatException">The code is in no table.</exception>
    public static DiagnosticDescriptor DescriptorOf(string code) =>
        s_descriptors.TryGetValue(code, out var descriptor) ? descriptor : throw new FormatException($"The code {code} is unknown.");
}
