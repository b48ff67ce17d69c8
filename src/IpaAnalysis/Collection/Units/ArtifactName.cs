namespace IpaAnalysis.Collection.Units;

/// <summary>What a file name says about the file; the naming rules of GCC and kbuild.</summary>
internal static class ArtifactName
{
    public const string CloneDump = ".ipa-clones";
    public const string CallGraph = ".ci";
    public const string FoldingRecord = ".icf";
    public const string Command = ".cmd";
    public const string Archive = ".a";

    /// <summary>Old kbuild compiled to <c>.tmp_foo.o</c> and renamed the object, so that its dumps keep the prefix.</summary>
    public const string TemporaryPrefix = ".tmp_";

    private const int DumpNumberLength = 5;

    /// <summary>Extensions of text and of compilers' records, which are certainly no objects and need not be opened.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> NeverObjects = new HashSet<string>(
        [
            ".c", ".h", ".S", ".s", ".i", ".ii", ".cc", ".cpp", ".cxx", ".C", ".hh", ".hpp", ".hxx", ".inc", ".inl", ".rs", ".go", ".java", ".cs", ".asm",
            ".d", ".P", ".Po", ".Plo", ".cmd", ".mk", ".mak", ".am", ".ac", ".in", ".m4", ".cmake", ".make", ".ninja", ".order", ".symvers", ".mod", ".check",
            ".py", ".pyc", ".pl", ".pm", ".sh", ".awk", ".sed", ".l", ".y", ".tcl", ".lua", ".js", ".ts", ".css", ".html", ".xml", ".json", ".yaml", ".yml", ".toml",
            ".ini", ".conf", ".cfg", ".config", ".rst", ".md", ".txt", ".log", ".list", ".csv", ".tex", ".svg", ".png", ".jpg", ".gif", ".pdf", ".gz", ".xz", ".bz2", ".zst", ".zip",
            ".dts", ".dtsi", ".dtb", ".dtso", ".cocci", ".lds", ".ld", ".map", ".def", ".patch", ".diff", ".orig", ".rej", ".state",
            ".ci", ".su", ".gcno", ".gcda", ".gcov", ".gch", ".ipa-clones", ".icf", ".gkd", ".bc", ".ll", ".dwo", ".dwp",
            ".csproj", ".props", ".targets", ".dll", ".pdb", ".nupkg", ".cmdline", ".gitignore", ".gitattributes", ".mailmap", ".clang-format",
        ],
        StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] ObjectExtensions = [".o", ".lo", ".os", ".obj"];

    /// <summary>Whether the extension is that of an object file.</summary>
    public static bool IsObject(ReadOnlySpan<char> name)
    {
        foreach (var extension in ObjectExtensions)
        {
            if (name.EndsWith(extension, StringComparison.Ordinal) && name.Length > extension.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the file lists what a compile read.</summary>
    public static bool IsDependencyFile(ReadOnlySpan<char> name) =>
        name.EndsWith(".d", StringComparison.Ordinal) || name.EndsWith(".Po", StringComparison.Ordinal) || name.EndsWith(".Plo", StringComparison.Ordinal);

    /// <summary>Whether a file of this name may be an object all the same: makefiles invent extensions, or give none.</summary>
    public static bool MayBeObject(ReadOnlySpan<char> name)
    {
        if (IsObject(name) || IsLinked(name) || name is "Makefile" or "Kbuild" or "Kconfig" || IsNumberedDump(name))
        {
            return false;
        }

        var dot = name.LastIndexOf('.');
        return dot < 0 || !NeverObjects.Contains(name[dot..]);
    }

    /// <summary><c>a.c.079i.inline</c>: the number of a pass and the letter of its kind (GCC manual, "Developer Options").</summary>
    private static bool IsNumberedDump(ReadOnlySpan<char> name)
    {
        var dot = name.LastIndexOf('.');
        return dot > DumpNumberLength && name[dot - DumpNumberLength] == '.' && name[dot - 1] is 'i' or 't' or 'r' or 'l'
            && name[(dot - DumpNumberLength + 1)..(dot - 1)].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>Whether a linker made the file: <c>built-in.a</c>, <c>foo.ko</c>, <c>vmlinux</c>.</summary>
    public static bool IsLinked(ReadOnlySpan<char> name) =>
        name.EndsWith(".ko", StringComparison.Ordinal) || name.EndsWith(Archive, StringComparison.Ordinal) || name is "vmlinux";

    /// <summary>The part before <c>.NNNi</c> and <paramref name="suffix"/>; what precedes the suffix when there is no pass number.</summary>
    public static string DumpBase(string name, string suffix)
    {
        var end = name.Length - suffix.Length;
        var at = end;
        if (at > 0 && name[at - 1] == 'i')
        {
            at--;
            while (at > 0 && char.IsAsciiDigit(name[at - 1]))
            {
                at--;
            }

            if (at < end - 1 && at > 1 && name[at - 1] == '.')
            {
                return name[..(at - 1)];
            }
        }

        return name[..end];
    }

    /// <summary>Whether the dump was written at the link of an LTO program: <c>prog.wpa</c>, <c>prog.ltrans3.ltrans</c>.</summary>
    public static bool IsLinkTimeDump(string dumpBase) =>
        dumpBase.EndsWith(".wpa", StringComparison.Ordinal) || dumpBase.EndsWith(".ltrans", StringComparison.Ordinal);

    /// <summary>Whether .NET replaced bytes of the name that are no UTF-8: the file then cannot be opened by that name.</summary>
    public static bool MayBeReplaced(string name) => name.Contains('\uFFFD', StringComparison.Ordinal);
}
