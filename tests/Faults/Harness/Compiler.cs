namespace IpaAnalysis.Faults.Harness;

/// <summary>Runs the compilers that make the trees.</summary>
internal static class Compiler
{
    /// <summary>The options that every unit is compiled with.</summary>
    public static readonly IReadOnlyList<string> Flags = ["-O2", "-fdump-ipa-clones", "-fcallgraph-info"];

    private static readonly string[] s_names = ["gcc", "gcc-11"];

    /// <summary>Where programs are; nothing relative.</summary>
    public static string SearchPath { get; } = string.Join(
        Path.PathSeparator,
        (System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(Path.PathSeparator).Where(d => d.StartsWith('/')));

    /// <summary>A plain environment.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["PATH"] = SearchPath,
        ["HOME"] = "/nonexistent",
        ["LC_ALL"] = "C.UTF-8",
    };

    /// <summary>The compilers that are installed, of those that are tried.</summary>
    public static IReadOnlyList<string> Installed { get; } = [.. s_names.Where(n => Find(n) is not null)];

    /// <summary>The path of a program; null when it is not installed.</summary>
    public static string? Find(string program) =>
        SearchPath.Split(Path.PathSeparator).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    /// <summary>Runs a compiler in a directory.</summary>
    public static ProcessRun Run(string compiler, IEnumerable<string> words, string directory) =>
        ProcessRun.Of(compiler, words, directory, Environment, ProcessLimits.Compile);

    /// <summary>Runs a compiler that must succeed.</summary>
    public static void MustRun(string compiler, IReadOnlyList<string> words, string directory)
    {
        var run = Run(compiler, words, directory);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"{compiler} {string.Join(' ', words)} failed: {run.Exceeded ?? run.Output}");
        }
    }
}
