using System.Text.Json;
using IpaAnalysis.Faults.Analysing;
using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Hostile;

/// <summary>A tree with one unit, compiled as its source is at first, and recorded as a case wants.</summary>
internal sealed class HostileUnit
{
    /// <summary>The patched function.</summary>
    public const string Function = "patched";

    /// <summary>What every unit holds: the patched function and one that depends on it by a fact only.</summary>
    public const string Functions = """
        static __attribute__((noinline)) int patched(int x) { return x * 3 + 1; }
        int dependant(int x, int y) { return patched(x) + y; }

        """;

    /// <summary>Makes the directories; nothing is compiled yet.</summary>
    public HostileUnit(string directory, string compiler)
    {
        Site = new Site(directory);
        CompilerName = compiler;
        PluginCache = Path.Combine(directory, "..", "plugin");
    }

    /// <summary>The case's directories.</summary>
    public Site Site { get; }

    /// <summary>The compiler, by name.</summary>
    public string CompilerName { get; }

    /// <summary>Where the plugin that is compiled once is kept.</summary>
    public string PluginCache { get; }

    /// <summary>Compiles and records a unit.</summary>
    /// <param name="source">The source file, in the tree.</param>
    /// <param name="words">Words of the command besides the usual.</param>
    /// <param name="launcher">What the record has in the place of the compiler; null for the compiler's name.</param>
    public void Compile(string source, IReadOnlyList<string>? words = null, IReadOnlyList<string>? launcher = null)
    {
        string[] arguments = [.. Compiler.Flags, .. words ?? [], "-c", source, "-o", "unit.o"];
        Compiler.MustRun(CompilerName, arguments, Site.Tree);
        var entry = new Dictionary<string, object>
        {
            ["directory"] = Site.Tree,
            ["file"] = source,
            ["output"] = "unit.o",
            ["arguments"] = (string[])[.. launcher ?? [CompilerName], .. arguments],
        };
        Site.Write("compile_commands.json", JsonSerializer.Serialize((object[])[entry]));
    }

    /// <summary>Analyses the tree and judges the answer.</summary>
    /// <param name="name">What was tried.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="exact">Whether it must be exact, must not be, or (null) may be either if the cause is told.</param>
    /// <param name="environment">The environment of the build; null for the usual.</param>
    public FaultCheck Check(string name, ProcessLimits limits, bool? exact, IReadOnlyDictionary<string, string>? environment = null)
    {
        var run = AnalysisRun.Of(Site, [Function], limits, environment);
        var failures = run.Faults(Site).ToList();
        if (run.Report is { Exception: null } report)
        {
            failures.AddRange(Answer(report, exact));
        }

        return FaultCheck.Of($"{CompilerName}: {name}", failures);
    }

    private static IEnumerable<string> Answer(AnalysisReport report, bool? exact)
    {
        if (report.Of(Function) is not { } function)
        {
            yield return $"there is no answer ({string.Join(", ", report.Codes)})";
            yield break;
        }

        if (function.IsExact && exact == false)
        {
            yield return "exact, though what the compiler reads now is not what it read then, or may not be read";
        }

        if (!function.IsExact && exact == true)
        {
            yield return $"not exact: {string.Join(" | ", function.Causes)}";
        }

        if (function.IsExact && !function.Affected.Contains("dependant"))
        {
            yield return $"exact, though the dependant is missing (there: {string.Join(", ", function.Affected)})";
        }

        if (!function.IsExact && !report.Diagnostics.Any(d => d.Code == "IPA6001"))
        {
            yield return "not exact, without IPA6001";
        }
    }
}
