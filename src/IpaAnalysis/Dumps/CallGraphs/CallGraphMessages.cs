using System.Text;

namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>What is said of the records of a call graph that are not understood: cause and remedy.</summary>
internal static class CallGraphMessages
{
    /// <summary>Of an alias that the next record does not explain.</summary>
    public const string AliasWithoutTarget =
        "This record names an alias, but the next one does not say what it is an alias of, so it is left out: the compiler was killed, the disk was full or several processes wrote the file. Compile the unit again.";

    /// <summary>How many characters of a record are shown.</summary>
    private const int MostShown = 40;

    /// <summary>Of a line that could not be read.</summary>
    public static string Unreadable(ReadOnlySpan<byte> line)
    {
        if (CallGraphRecords.IsStart(line))
        {
            return "This record is not complete, so it is left out: the compiler was killed, the disk was full or several processes wrote the file. Compile the unit again.";
        }

        return TryKind(line, out var kind)
            ? $"This is a record of the kind '{kind}', which GCC 10 to 16 do not write, so it is left out and the rest is read. A newer compiler may write it: compile the unit with one of these, or report the compiler's version. "
                + "If it is one of these, compile the unit again, with no other process writing the file."
            : "This line is no record of a call graph and continues none. Compile the unit again, with no other process writing the file.";
    }

    /// <summary>Of a record that could be read but for its end.</summary>
    public static string UnknownPart(scoped in CallGraphRecord record) =>
        $"This record ends with '{Shown(record.UnknownPart)}', which GCC 10 to 16 do not write; what stands before it is read. A newer compiler may write it: compile the unit with one of these, or report the compiler's version. "
        + "If it is one of these, compile the unit again, with no other process writing the file.";

    /// <summary>The word of a line <c>word: { …</c>.</summary>
    private static bool TryKind(ReadOnlySpan<byte> line, out string kind)
    {
        var end = line.IndexOf(": {"u8);
        kind = end is > 0 and <= MostShown && !line[..end].ContainsAnyExceptInRange((byte)'a', (byte)'z') ? Shown(line[..end]) : "";
        return kind.Length > 0;
    }

    private static string Shown(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.ASCII.GetString(text).Trim();
        return shown.Length <= MostShown ? shown : shown[..MostShown] + "…";
    }
}
