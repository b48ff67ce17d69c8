using System.Text;

namespace IpaAnalysis.Dumps.Clones;

/// <summary>What is said of the lines of a clone dump that are not understood: cause and remedy.</summary>
internal static class CloneDumpMessages
{
    /// <summary>How many characters of a record are shown.</summary>
    private const int MostShown = 40;

    private static ReadOnlySpan<byte> AnyStart => "Callgraph "u8;

    /// <summary>Of a line that could not be read.</summary>
    public static string Unreadable(ReadOnlySpan<byte> line)
    {
        if (!CloneDumpRecords.IsStart(line))
        {
            return TryKind(line, out var kind)
                ? $"This is a record of the kind '{kind}', which GCC 7 to 16 do not write, so it is left out and the rest is read. A newer compiler may write it: compile the unit with one of these, or report the compiler's version. "
                    + "If it is one of these, compile the unit again, with no other process writing the dump."
                : "This line is no record of a clone dump and continues none. Compile the unit again, with no other process writing the dump.";
        }

        return CloneDumpRecords.HasTooLargeNumber(line)
            ? "A number in this record is larger than GCC can have written, so the record is left out. Compile the unit again, with no other process writing the dump."
            : "This record lacks fields, so it is left out: the compiler was killed, the disk was full or several processes wrote the dump. Compile the unit again.";
    }

    /// <summary>The first words of a line that begins as records do.</summary>
    private static bool TryKind(ReadOnlySpan<byte> line, out string kind)
    {
        var end = line.IndexOf((byte)';');
        var isKind = end > AnyStart.Length && end <= MostShown && line.StartsWith(AnyStart)
            && !line[AnyStart.Length..end].ContainsAnyExceptInRange((byte)'a', (byte)'z');
        kind = isKind ? Encoding.ASCII.GetString(line[..end]) : "";
        return isKind;
    }
}
