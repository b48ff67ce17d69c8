namespace IpaAnalysis.Toolchain;

/// <summary>The files that our flags add to a module directory.</summary>
internal static class KernelModuleFiles
{
    private const string DumpSuffix = ".000i.ipa-clones";
    private const string CallGraphSuffix = ".ci";
    private const string OldPrefix = ".tmp_";

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Dumps and call graphs beside objects that kbuild made; a user's file of such a name has no <c>.cmd</c> file.</summary>
    public static IReadOnlyList<string> Find(string moduleDirectory)
    {
        try
        {
            return Directory.EnumerateFiles(moduleDirectory, "*", Everything)
                .Where(IsOurs)
                .Order(StringComparer.Ordinal)
                .ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsOurs(string path)
    {
        var name = Path.GetFileName(path);
        string stem;
        if (name.EndsWith(DumpSuffix, StringComparison.Ordinal))
        {
            stem = Path.GetFileNameWithoutExtension(name[..^DumpSuffix.Length]);
        }
        else if (name.EndsWith(CallGraphSuffix, StringComparison.Ordinal))
        {
            stem = name[..^CallGraphSuffix.Length];
        }
        else
        {
            return false;
        }

        // Kernels before 5.19 compiled to .tmp_NAME.o first when symbol versions were on.
        stem = stem.StartsWith(OldPrefix, StringComparison.Ordinal) ? stem[OldPrefix.Length..] : stem;
        var directory = Path.GetDirectoryName(path)!;
        return File.Exists(Path.Combine(directory, $".{stem}.o.cmd")) || File.Exists(Path.Combine(directory, $"{stem}.o"));
    }
}
