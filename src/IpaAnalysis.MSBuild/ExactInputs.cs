using IpaAnalysis.Collection;
using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.MSBuild;

/// <summary>What the analysing tasks make of <c>IpaExactImpact</c>.</summary>
internal static class ExactInputs
{
    /// <summary>Who owns what compiling again keeps, in the list of outputs.</summary>
    public const string OutputCategory = "exact";

    /// <summary>Reads the property; <see cref="ExactMode.Auto"/> when it is empty or wrong.</summary>
    public static ExactMode Mode(string text, DiagnosticBag diagnostics)
    {
        foreach (var mode in Enum.GetValues<ExactMode>())
        {
            if (text.Length == 0 || string.Equals(mode.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return mode;
            }
        }

        diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"IpaExactImpact is '{text}'. Give auto, true or false."));
        return ExactMode.Auto;
    }

    /// <summary>Where answers are kept, beside the list of units.</summary>
    public static string CacheFile(string unitsFile) => Path.Combine(Path.GetDirectoryName(unitsFile)!, "exact.state");

    /// <summary>Makes the analyzer of units.</summary>
    /// <param name="units">The units.</param>
    /// <param name="unitsFile">Absolute path of their list: what is compiled and kept lies beside it.</param>
    /// <param name="expander">Finds the compilers.</param>
    /// <param name="environment">The environment that they run in.</param>
    /// <param name="jobs">How many of them may run at once.</param>
    /// <param name="progress">Who is told how far it is.</param>
    public static ExactImpactAnalyzer Analyzer(
        IReadOnlyList<Unit> units, string unitsFile, OptionExpander expander, IReadOnlyDictionary<string, string> environment, int jobs, IProgress<WorkProgress> progress)
    {
        Dictionary<string, Unit>? byObject = null;
        return new ExactImpactAnalyzer(
            new ExactSettings
            {
                UnitOf = name => (byObject ??= units.ToDictionary(u => u.Object, StringComparer.Ordinal)).GetValueOrDefault(name),
                Environment = environment,
                Directory = Path.Combine(Path.GetDirectoryName(unitsFile)!, "recompile"),
                CacheFile = CacheFile(unitsFile),
                Jobs = jobs,
                Progress = progress,
            },
            expander);
    }
}
