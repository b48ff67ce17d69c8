namespace IpaAnalysis.Building.Sources;

/// <summary>The names of the files that one compile leaves in its object's directory.</summary>
internal sealed class ObjectOutputs
{
    // Beside dumps, which begin with STEM and the source's extension: the files that options other than ours make.
    private static readonly string[] Extensions =
        [".o", ".o.d", ".o.rsp", ".o.rsp.tmp", ".ci", ".su", ".gcno", ".dwo", ".i", ".s", ".bc", ".gkd", ".aux"];

    private readonly string _extension;

    /// <summary>The files of one object.</summary>
    /// <param name="objectPath">Absolute path of the object, ending in <c>.o</c>.</param>
    /// <param name="sourceExtension">The source's extension with its dot.</param>
    public ObjectOutputs(string objectPath, string sourceExtension)
    {
        Object = objectPath;
        _extension = sourceExtension;
        Directory = Path.GetDirectoryName(objectPath)!;
        Stem = Path.GetFileNameWithoutExtension(objectPath);
    }

    /// <summary>The object.</summary>
    public string Object { get; }

    /// <summary>The directory of all of them.</summary>
    public string Directory { get; }

    /// <summary>The object's name without <c>.o</c>.</summary>
    public string Stem { get; }

    /// <summary>The response file.</summary>
    public string ResponseFile => Object + ".rsp";

    /// <summary>The dependency file.</summary>
    public string Dependencies => Object + ".d";

    /// <summary>The clone dump; the pass number is 000 in every GCC (gcc/dumpfile.cc, <c>TDI_clones</c>).</summary>
    public string CloneDump => Path.Combine(Directory, Stem + _extension + ".000i.ipa-clones");

    /// <summary>The call graph.</summary>
    public string CallGraph => Path.Combine(Directory, Stem + ".ci");

    /// <summary>Whether a file of the directory is one of them.</summary>
    public bool Owns(ReadOnlySpan<char> fileName)
    {
        if (!fileName.StartsWith(Stem, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = fileName[Stem.Length..];
        foreach (var extension in Extensions)
        {
            if (rest.SequenceEqual(extension))
            {
                return true;
            }
        }

        return rest.StartsWith(_extension, StringComparison.Ordinal) && IsDumpSuffix(rest[_extension.Length..]);
    }

    /// <summary>Whether a file is the folding record, whose pass number differs between versions of GCC.</summary>
    public bool IsFoldingRecord(ReadOnlySpan<char> fileName) =>
        fileName.StartsWith(Stem + _extension, StringComparison.Ordinal)
        && fileName[(Stem.Length + _extension.Length)..] is var suffix
        && IsDumpSuffix(suffix) && suffix[4] == 'i' && suffix.EndsWith(".icf", StringComparison.Ordinal) && suffix.Length == 9;

    /// <summary><c>.NNNL.</c>: the pass number in three digits and the letter of its kind.</summary>
    private static bool IsDumpSuffix(ReadOnlySpan<char> suffix) =>
        suffix.Length > 6 && suffix[0] == '.' && suffix[1..4].IndexOfAnyExceptInRange('0', '9') < 0
        && char.IsAsciiLetterLower(suffix[4]) && suffix[5] == '.';
}
