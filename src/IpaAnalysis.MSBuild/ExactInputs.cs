using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.MSBuild;

/// <summary>What the analysing tasks make of <c>IpaExactImpact</c>.</summary>
internal static class ExactInputs
{
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
    /// <param name="units">The units, in the order of their objects' names.</param>
    /// <param name="unitsFile">Absolute path of their list: what is compiled and kept lies beside it.</param>
    /// <param name="expander">Finds the compilers.</param>
    /// <param name="jobs">How many of them may run at once.</param>
    /// <param name="progress">Who is told how far it is.</param>
    public static ExactImpactAnalyzer Analyzer(
        IReadOnlyList<Unit> units, string unitsFile, OptionExpander expander, int jobs, IProgress<WorkProgress> progress) => new(
        new ExactSettings
        {
            UnitOf = name => Find(units, name),
            Directory = Path.Combine(Path.GetDirectoryName(unitsFile)!, "recompile"),
            CacheFile = CacheFile(unitsFile),
            Jobs = jobs,
            Progress = progress,
        },
        expander);

    /// <summary>Searches the units, which are sorted: a few of many are ever asked for.</summary>
    private static Unit? Find(IReadOnlyList<Unit> units, string name)
    {
        var (low, high) = (0, units.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            switch (Utf8Order.Instance.Compare(units[middle].Object, name))
            {
                case 0:
                    return units[middle];
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return null;
    }
}
