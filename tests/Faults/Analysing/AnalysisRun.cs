using System.Text.Json;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Analysing;

/// <summary>An analysis of a case's tree in a process of its own, and what it did to the world.</summary>
/// <param name="Report">What it said; null when it did not end by itself.</param>
/// <param name="Changed">Absolute paths of what is not as it was, though it lies outside the intermediate directory.</param>
/// <param name="Broken">Why there is no report, or what is left over, in words; null when nothing is wrong.</param>
/// <param name="PeakTreeBytes">The most memory that it and its compilers were seen to use together.</param>
internal sealed record AnalysisRun(AnalysisReport? Report, IReadOnlyList<string> Changed, string? Broken, long PeakTreeBytes)
{
    /// <summary>Analyses.</summary>
    /// <param name="site">The case's directories.</param>
    /// <param name="functions">The patched functions.</param>
    /// <param name="limits">When it is ended.</param>
    /// <param name="environment">The environment of the build; null for the site's own.</param>
    /// <param name="isUnprivileged">Whether modes of files count, also if this process may pass over them.</param>
    public static AnalysisRun Of(
        Site site, IReadOnlyList<string> functions, ProcessLimits limits, IReadOnlyDictionary<string, string>? environment = null, bool isUnprivileged = false)
    {
        var requestFile = Path.Combine(site.Private, "request.json");
        var request = new AnalysisRequest
        {
            Tree = site.Tree,
            Intermediate = site.Intermediate,
            Project = site.Working,
            Functions = functions,
            Environment = environment ?? site.Environment,
            Recompile = limits.Recompile,
        };
        File.Delete(LibraryBuild.ReportFile(requestFile));
        File.WriteAllBytes(requestFile, JsonSerializer.SerializeToUtf8Bytes(request));
        string[] command = ["dotnet", "exec", typeof(AnalysisRun).Assembly.Location, LibraryBuild.Command, requestFile];
        if (isUnprivileged && Environment.IsPrivilegedProcess)
        {
            // As the owner, but without the right to pass over modes.
            command = ["setpriv", "--inh-caps=-all", "--bounding-set=-all", .. command];
        }

        var before = site.Look();
        var run = ProcessRun.Of(command[0], command[1..], site.Working, RuntimeEnvironment(site), limits);
        var changed = before.Differences(site.Look());
        AnalysisReport? report = File.Exists(LibraryBuild.ReportFile(requestFile))
            ? JsonSerializer.Deserialize<AnalysisReport>(File.ReadAllBytes(LibraryBuild.ReportFile(requestFile)))
            : null;
        var broken = run.Exceeded
            ?? (report is null ? $"it ended with {run.ExitCode}: {run.Output.Trim()}" : null)
            ?? (report!.Exception is { } exception ? $"an exception escaped: {FirstLines(exception)}" : null)
            ?? (Directory.Exists(Path.Combine(site.Intermediate, "recompile")) ? "the directory of recompiles is left over" : null);
        return new AnalysisRun(report, changed, broken, run.PeakTreeBytes);
    }

    /// <summary>What is wrong with the world afterwards, in words.</summary>
    /// <param name="site">The case's directories.</param>
    public IEnumerable<string> Faults(Site site)
    {
        if (Broken is not null)
        {
            yield return Broken;
        }

        foreach (var path in Changed)
        {
            yield return path.EndsWith(".mark", StringComparison.Ordinal)
                ? $"ran or loaded {site.Show(path[..^".mark".Length])}"
                : $"{(File.Exists(path) || Directory.Exists(path) ? "wrote" : "removed")} {site.Show(path)}";
        }
    }

    private static Dictionary<string, string> RuntimeEnvironment(Site site) => new(StringComparer.Ordinal)
    {
        ["PATH"] = Compiler.SearchPath,
        ["HOME"] = site.Home,
        ["TMPDIR"] = site.Private,
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };

    private static string FirstLines(string text) => string.Join(" | ", text.Split('\n').Take(3).Select(l => l.Trim()));
}
