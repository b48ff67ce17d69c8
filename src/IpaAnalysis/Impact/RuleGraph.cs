using System.Diagnostics.CodeAnalysis;
using IpaAnalysis.Graph;
using QuikGraph;

namespace IpaAnalysis.Impact;

/// <summary>
/// The rules of contract section 5 as a graph for QuikGraph's algorithms. A step is a vertex of the dependency graph and whether it
/// holds code made from the old body (rules 1 and 3) or only calls or shares such code (rule 2); an edge is one application of a
/// rule. What a search from the patched function's instances reaches is affected.
/// </summary>
/// <param name="graph">The dependency graph.</param>
/// <param name="isBarred">Vertices that no rule reaches, by their number.</param>
internal sealed class RuleGraph(DependencyGraph graph, Func<int, bool> isBarred) : IVertexListGraph<int, SEdge<int>>
{
    /// <summary>The step that leads to those from which a search starts.</summary>
    public const int Root = -1;

    private readonly List<SEdge<int>> _roots = [];

    /// <summary>The units of the roots: a search prepares every vertex, and no edge leads into another unit.</summary>
    private readonly SortedSet<int> _units = [];

    /// <inheritdoc/>
    public bool IsDirected => true;

    /// <inheritdoc/>
    public bool AllowParallelEdges => true;

    /// <inheritdoc/>
    public bool IsVerticesEmpty => false;

    /// <inheritdoc/>
    public int VertexCount => Vertices.Count();

    /// <inheritdoc/>
    public IEnumerable<int> Vertices => _units.SelectMany(StepsOf).Prepend(Root);

    /// <summary>The vertex of a step.</summary>
    public static int VertexOf(int step) => step >> 1;

    /// <summary>Adds a step that a search starts from.</summary>
    /// <param name="vertex">The vertex.</param>
    /// <param name="isStale">Whether it holds code made from the old body.</param>
    public void AddRoot(int vertex, bool isStale)
    {
        _roots.Add(new SEdge<int>(Root, StepOf(vertex, isStale)));
        _units.Add(graph.UnitOf(vertex));
    }

    /// <inheritdoc/>
    public bool ContainsVertex(int vertex) => vertex == Root || (vertex >= 0 && vertex < 2 * graph.VertexCount && _units.Contains(graph.UnitOf(VertexOf(vertex))));

    /// <inheritdoc/>
    public IEnumerable<SEdge<int>> OutEdges(int vertex) => vertex == Root ? _roots : Follow(vertex);

    /// <inheritdoc/>
    public bool TryGetOutEdges(int vertex, [NotNullWhen(true)] out IEnumerable<SEdge<int>>? edges)
    {
        edges = ContainsVertex(vertex) ? OutEdges(vertex) : null;
        return edges is not null;
    }

    /// <inheritdoc/>
    public bool IsOutEdgesEmpty(int vertex) => !OutEdges(vertex).Any();

    /// <inheritdoc/>
    public int OutDegree(int vertex) => OutEdges(vertex).Count();

    /// <inheritdoc/>
    public SEdge<int> OutEdge(int vertex, int index) => OutEdges(vertex).ElementAt(index);

    /// <inheritdoc/>
    public bool ContainsEdge(int source, int target) => ContainsVertex(source) && OutEdges(source).Any(e => e.Target == target);

    /// <inheritdoc/>
    public bool TryGetEdge(int source, int target, out SEdge<int> edge)
    {
        edge = new SEdge<int>(source, target);
        return ContainsEdge(source, target);
    }

    /// <inheritdoc/>
    public bool TryGetEdges(int source, int target, [NotNullWhen(true)] out IEnumerable<SEdge<int>>? edges)
    {
        edges = ContainsVertex(source) ? OutEdges(source).Where(e => e.Target == target) : null;
        return edges is not null;
    }

    /// <summary>Whether a rule leads along an edge of the dependency graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="tag">The edge's tag.</param>
    /// <param name="target">The vertex that it leads to.</param>
    /// <param name="isStale">Whether the vertex that it starts from holds code made from the old body.</param>
    /// <param name="isTargetStale">Whether the target then does.</param>
    public static bool Applies(DependencyGraph graph, ushort tag, int target, bool isStale, out bool isTargetStale)
    {
        var kind = graph.DependencyOf(tag).Kind;

        // Copies of what was folded away are of its own body, which is not patched: calls of the kept function never become it.
        var isRoute = kind == DependencyKind.CallsClone || (kind == DependencyKind.SharedBody && graph.IsFolded(target));
        isTargetStale = isStale && !isRoute;

        // The final call graph shows the calls of every copy, so the copies of a mere caller need no walk.
        return isStale || kind is not (DependencyKind.Inlined or DependencyKind.Cloned);
    }

    private IEnumerable<int> StepsOf(int unit)
    {
        var (first, count) = graph.VerticesOf(unit).GetOffsetAndLength(graph.VertexCount);
        return Enumerable.Range(2 * first, 2 * count);
    }

    private static int StepOf(int vertex, bool isStale) => (vertex << 1) | (isStale ? 0 : 1);

    private IEnumerable<SEdge<int>> Follow(int step)
    {
        var (vertex, isStale) = (VertexOf(step), (step & 1) == 0);
        for (var i = 0; i < graph.Edges.OutDegree(vertex); i++)
        {
            var target = graph.Edges.Targets(vertex)[i];
            if (!isBarred(target) && Applies(graph, graph.Edges.Tags(vertex)[i], target, isStale, out var isTargetStale))
            {
                yield return new SEdge<int>(step, StepOf(target, isTargetStale));
            }
        }
    }
}
