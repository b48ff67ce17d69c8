namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>The files that our flags add to a module directory.</summary>
internal static class KernelModuleFiles
{
    private const string AnyDumpSuffix = ".ipa-clones";
    private const string DumpSuffix = ".000i.ipa-clones";
    private const string CallGraphSuffix = ".ci";
    private const string OldPrefix = ".tmp_";

    private static readonly EnumerationOptions s_everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    /// <summary>Every file named like a dump or a call graph, whoever made it; absolute, sorted ordinally.</summary>
    public static IReadOnlyList<string> FindAll(string moduleDirectory)
    {
        try
        {
            return Directory.EnumerateFiles(moduleDirectory, "*", s_everything)
                .Where(static path => IsArtifactName(path))
                .Order(StringComparer.Ordinal)
                .ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The object that kbuild makes together with a call graph; null for any other file.</summary>
    public static string? ObjectOfCallGraph(string path) =>
        path.EndsWith(CallGraphSuffix, StringComparison.Ordinal) ? Beside(path, StemOf(path) + ".o") : null;

    /// <summary>The object that kbuild makes together with a clone dump; null for any other file.</summary>
    internal static string? ObjectOfDump(string path) =>
        path.EndsWith(DumpSuffix, StringComparison.Ordinal) ? Beside(path, StemOf(path) + ".o") : null;

    /// <summary>Dumps and call graphs beside objects that kbuild made; a user's file of such a name has no <c>.cmd</c> file.</summary>
    internal static IReadOnlyList<string> Find(string moduleDirectory) =>
    [
        .. FindAll(moduleDirectory).Where(IsOurs)
            .Concat(KbuildModuleFiles.Outside(moduleDirectory).SelectMany(KbuildModuleFiles.Beside).Where(IsOurs))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether a file is named like a dump or a call graph.</summary>
    internal static bool IsArtifactName(string name) =>
        name.EndsWith(AnyDumpSuffix, StringComparison.Ordinal) || name.EndsWith(CallGraphSuffix, StringComparison.Ordinal);

    private static bool IsOurs(string path) =>
        StemOf(path) is { } stem && (File.Exists(Beside(path, $".{stem}.o.cmd")) || File.Exists(Beside(path, $"{stem}.o")));

    private static string? StemOf(string path)
    {
        var name = Path.GetFileName(path);
        var stem = name.EndsWith(DumpSuffix, StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(name[..^DumpSuffix.Length])
            : name.EndsWith(CallGraphSuffix, StringComparison.Ordinal) ? name[..^CallGraphSuffix.Length]
            : null;

        // Kernels before 5.19 compiled to .tmp_NAME.o first when symbol versions were on.
        return stem?.StartsWith(OldPrefix, StringComparison.Ordinal) == true ? stem[OldPrefix.Length..] : stem;
    }

    private static string Beside(string path, string name) => Path.Combine(Path.GetDirectoryName(path)!, name);
}
