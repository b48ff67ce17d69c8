using IpaAnalysis.Graph;
using QuikGraph;
using QuikGraph.Algorithms.Search;

namespace IpaAnalysis.Impact;

/// <summary>Answers a question about a function by QuikGraph's breadth-first search over the rules.</summary>
/// <param name="graph">The dependency graph.</param>
internal sealed class RuleSearch(DependencyGraph graph) : ImpactWalk
{
    private readonly HashSet<int> _patched = [];
    private readonly SortedSet<int> _reached = [];

    /// <inheritdoc/>
    public override IReadOnlyList<int> Reached => [.. _reached];

    /// <inheritdoc/>
    public override void Walk(ReadOnlySpan<int> instances, IEnumerable<int> further, IReadOnlySet<int>? independent)
    {
        _patched.Clear();
        _patched.UnionWith(instances.ToArray());
        _reached.Clear();
        _reached.UnionWith(_patched);
        var rules = new RuleGraph(graph, v => _patched.Contains(v) || independent?.Contains(v) == true);
        foreach (var instance in _patched)
        {
            rules.AddRoot(instance, isStale: true);
        }

        foreach (var vertex in further.Where(v => independent?.Contains(v) != true))
        {
            rules.AddRoot(vertex, isStale: false);
        }

        var search = new BreadthFirstSearchAlgorithm<int, SEdge<int>>(rules);
        search.DiscoverVertex += step =>
        {
            if (step != RuleGraph.Root)
            {
                _reached.Add(RuleGraph.VertexOf(step));
            }
        };
        search.Compute(RuleGraph.Root);
    }

    /// <inheritdoc/>
    public override bool IsPatched(int vertex) => _patched.Contains(vertex);

    /// <inheritdoc/>
    public override bool IsReached(int vertex) => _reached.Contains(vertex);
}
