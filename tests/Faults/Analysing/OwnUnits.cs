using System.Collections.Immutable;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Faults.Analysing;

/// <summary>
/// Asks only in the units that hold a function. Each option has a unit of its own in one tree: one whose options forbid to look
/// whether it reads a function would make those of all others not exact.
/// </summary>
internal sealed class OwnUnits(IExactImpact compilers) : IExactImpact
{
    public DependencyGraph AddReaders(GraphSource source, DependencyGraph graph, IReadOnlyCollection<FunctionQuery> queries, CancellationToken cancellation) => graph;

    public ImmutableArray<ExactImpact> Analyze(DependencyGraph graph, IReadOnlyList<FunctionImpact> impacts, CancellationToken cancellation) =>
        compilers.Analyze(graph, impacts, cancellation);
}
