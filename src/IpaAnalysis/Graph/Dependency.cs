namespace IpaAnalysis.Graph;

/// <summary>What an edge of the dependency graph stands for.</summary>
/// <param name="Kind">Why the target depends on the source.</param>
/// <param name="Pass">The pass that made it so, as the manifest names it.</param>
internal readonly record struct Dependency(DependencyKind Kind, string Pass);
