using System.Text;

namespace IpaAnalysis.Dumps;

/// <summary>What is said of a record that is not understood, in any of the compiler's files: cause and remedy.</summary>
/// <param name="File">What the file is called in the text, such as <c>dump</c>.</param>
/// <param name="Oldest">The first version of GCC whose records are known.</param>
internal readonly record struct RecordMessages(string File, int Oldest)
{
    /// <summary>The last version of GCC whose records are known.</summary>
    private const int Newest = 16;

    /// <summary>How many characters of a record are shown.</summary>
    private const int MostShown = 40;

    /// <summary>A file that ends early.</summary>
    public string CutOff => $"the compiler was killed, the disk was full or several processes wrote the {File}. Compile the unit again.";

    /// <summary>The remedy for a file that something else may have written, too.</summary>
    public string CompileAlone => $"Compile {AgainAlone}";

    /// <summary>Of a record whose kind is unknown.</summary>
    public string UnknownKind(string kind) => $"This is a record of the kind '{kind}', which {Known} do not write, so it is left out and the rest is read. {MayBeNewer}";

    /// <summary>Of a record that could be read but for its end.</summary>
    public string UnknownEnd(ReadOnlySpan<byte> end) => $"This record ends with '{Shown(end)}', which {Known} do not write; what stands before it is read. {MayBeNewer}";

    /// <summary>The word at the start of a record if it may be the name of a kind; empty otherwise.</summary>
    /// <param name="line">The record.</param>
    /// <param name="start">Where the word begins.</param>
    /// <param name="end">Where it ends; negative for nowhere.</param>
    public static string KindOf(ReadOnlySpan<byte> line, int start, int end) =>
        end > start && end <= MostShown && !line[start..end].ContainsAnyExceptInRange((byte)'a', (byte)'z') ? Shown(line[..end]) : "";

    private string Known => $"GCC {Oldest} to {Newest}";

    private string MayBeNewer =>
        $"A newer compiler may write it: compile the unit with one of these, or report the compiler's version. If it is one of these, compile {AgainAlone}";

    private string AgainAlone => $"the unit again, with no other process writing the {File}.";

    private static string Shown(ReadOnlySpan<byte> text)
    {
        var shown = Encoding.ASCII.GetString(text).Trim();
        return shown.Length <= MostShown ? shown : shown[..MostShown] + "…";
    }
}
