using System.Collections.Immutable;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Tests;

/// <summary>Gives the answers that a test states, in place of a compiler.</summary>
/// <param name="answer">The answer about one function.</param>
internal sealed class StatedImpact(Func<DependencyGraph, FunctionImpact, ExactImpact> answer) : IExactImpact
{
    public DependencyGraph AddReaders(GraphSource source, DependencyGraph graph, IReadOnlyCollection<FunctionQuery> queries, CancellationToken cancellation) => graph;

    public ImmutableArray<ExactImpact> Analyze(DependencyGraph graph, IReadOnlyList<FunctionImpact> impacts, CancellationToken cancellation) =>
        [.. impacts.Select(i => answer(graph, i))];
}
