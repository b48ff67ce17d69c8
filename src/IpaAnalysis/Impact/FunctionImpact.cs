namespace IpaAnalysis.Impact;

/// <summary>What patching one source function makes stale.</summary>
/// <param name="Function">Index of the source function in the graph.</param>
/// <param name="Instances">The vertices that are the function itself, ascending.</param>
/// <param name="Affected">The other vertices whose code depends on it, ascending.</param>
/// <param name="FunctionsToPatch">Instances and affected vertices that must be replaced, ascending.</param>
internal sealed record FunctionImpact(
    int Function,
    IReadOnlyList<int> Instances,
    IReadOnlyList<AffectedFunction> Affected,
    IReadOnlyList<int> FunctionsToPatch);
