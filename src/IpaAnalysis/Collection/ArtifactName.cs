namespace IpaAnalysis.Collection;

/// <summary>What a file name says about the file; the naming rules of GCC and kbuild.</summary>
internal static class ArtifactName
{
    public const string CloneDump = ".ipa-clones";
    public const string CallGraph = ".ci";
    public const string FoldingRecord = ".icf";
    public const string Command = ".cmd";

    /// <summary>Old kbuild compiled to <c>.tmp_foo.o</c> and renamed the object, so that its dumps keep the prefix.</summary>
    public const string TemporaryPrefix = ".tmp_";

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

    /// <summary>Whether a linker made the file: <c>built-in.a</c>, <c>foo.ko</c>, <c>vmlinux</c>.</summary>
    public static bool IsLinked(ReadOnlySpan<char> name) =>
        name.EndsWith(".ko", StringComparison.Ordinal) || name.EndsWith(".a", StringComparison.Ordinal) || name is "vmlinux";

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
