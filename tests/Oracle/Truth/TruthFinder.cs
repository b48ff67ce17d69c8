using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Truth;

/// <summary>Finds a function's dependants by brute force.</summary>
internal static class TruthFinder
{
    private static int s_runs;

    /// <summary>The truth; null when the unit does not compile with the function hidden, as for one that must be inlined.</summary>
    public static FunctionTruth? Find(PreparedUnit unit, DefinedFunction function) =>
        Compile(unit, function, []) is { } variant
            ? new FunctionTruth(unit, function, [.. Differences(unit.Baseline, variant, function)], Compared(unit.Baseline, variant))
            : null;

    /// <summary>The functions that differ with other flags in both compiles; null when the compiler refuses them.</summary>
    public static IReadOnlySet<string>? Find(PreparedUnit unit, ObjectCode baseline, DefinedFunction function, IReadOnlyList<string> flags) =>
        Compile(unit, function, flags) is { } variant
            ? Differences(baseline, variant, function).Select(d => d.Origin).ToHashSet(StringComparer.Ordinal)
            : null;

    /// <summary>The unit without any change but with other flags; null when the compiler refuses them.</summary>
    public static ObjectCode? Baseline(PreparedUnit unit, IReadOnlyList<string> flags) => Compile(unit, unit.Text, flags);

    /// <summary>Another text in place of the unit's; null when the compiler refuses it.</summary>
    public static ObjectCode? Compile(PreparedUnit unit, byte[] text, IReadOnlyList<string> flags) =>
        UnitCompiler.Compile(unit, text, $"run{Interlocked.Increment(ref s_runs)}", flags);

    private static ObjectCode? Compile(PreparedUnit unit, DefinedFunction function, IReadOnlyList<string> flags) =>
        Compile(unit, OpaqueText.Of(unit.Text, function), flags);

    private static IEnumerable<CodeDifference> Differences(ObjectCode baseline, ObjectCode variant, DefinedFunction function) =>
        ObjectComparer.Compare(baseline, variant).Where(d => d.Origin != function.Name);

    private static HashSet<string> Compared(ObjectCode baseline, ObjectCode variant) =>
        baseline.ByOrigin.Select(o => o.Key).Where(variant.ByOrigin.Contains).ToHashSet(StringComparer.Ordinal);
}
