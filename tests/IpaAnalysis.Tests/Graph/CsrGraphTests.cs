using FsCheck;
using FsCheck.Fluent;
using IpaAnalysis.Graph;
using IpaAnalysis.Tests.Properties;
using QuikGraph;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.Search;

namespace IpaAnalysis.Tests.Graph;

/// <summary>Our graph against QuikGraph's own, member by member, and QuikGraph's algorithms on both.</summary>
internal sealed class CsrGraphTests
{
    private static readonly Gen<Edges> s_graphs =
        from count in Gen.Choose(1, 14)
        let vertex = Gen.Choose(0, count - 1)
        from edges in Lists.Of(from source in vertex from target in vertex from tag in Gen.Choose(0, 2) select (source, target, (ushort)tag), 5 * count)
        select new Edges(count, edges);

    [Test]
    public void Every_member_answers_as_that_of_QuikGraph() => PropertyCheck.Holds(20, s_graphs, Smaller, edges =>
    {
        var (ours, theirs) = Build(edges);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ours.IsDirected, Is.EqualTo(theirs.IsDirected));
            Assert.That(ours.AllowParallelEdges, Is.EqualTo(theirs.AllowParallelEdges));
            Assert.That(ours.VertexCount, Is.EqualTo(theirs.VertexCount));
            Assert.That(ours.EdgeCount, Is.EqualTo(theirs.EdgeCount));
            Assert.That(ours.IsVerticesEmpty, Is.EqualTo(theirs.IsVerticesEmpty));
            Assert.That(ours.IsEdgesEmpty, Is.EqualTo(theirs.IsEdgesEmpty));
            Assert.That(ours.Vertices, Is.EquivalentTo(theirs.Vertices));
            Assert.That(ours.Edges, Is.EquivalentTo(theirs.Edges));
            for (var v = -1; v <= ours.VertexCount; v++)
            {
                Assert.That(ours.ContainsVertex(v), Is.EqualTo(theirs.ContainsVertex(v)));
                Assert.That(ours.TryGetOutEdges(v, out var ourOut), Is.EqualTo(theirs.TryGetOutEdges(v, out var theirOut)));
                Assert.That(ourOut ?? [], Is.EquivalentTo(theirOut ?? []));
                Assert.That(ours.TryGetInEdges(v, out var ourIn), Is.EqualTo(theirs.TryGetInEdges(v, out var theirIn)));
                Assert.That(ourIn ?? [], Is.EquivalentTo(theirIn ?? []));
                AssertEdges(ours, theirs, v);
            }

            foreach (var v in theirs.Vertices)
            {
                Assert.That(ours.OutDegree(v), Is.EqualTo(theirs.OutDegree(v)));
                Assert.That(ours.InDegree(v), Is.EqualTo(theirs.InDegree(v)));
                Assert.That(ours.Degree(v), Is.EqualTo(theirs.Degree(v)));
                Assert.That(ours.IsOutEdgesEmpty(v), Is.EqualTo(theirs.IsOutEdgesEmpty(v)));
                Assert.That(ours.IsInEdgesEmpty(v), Is.EqualTo(theirs.IsInEdgesEmpty(v)));
                Assert.That(ours.OutEdges(v), Is.EquivalentTo(theirs.OutEdges(v)));
                Assert.That(ours.InEdges(v), Is.EquivalentTo(theirs.InEdges(v)));
                Assert.That(Enumerable.Range(0, ours.OutDegree(v)).Select(i => ours.OutEdge(v, i)), Is.EqualTo(ours.OutEdges(v)));
                Assert.That(Enumerable.Range(0, ours.InDegree(v)).Select(i => ours.InEdge(v, i)), Is.EqualTo(ours.InEdges(v)));
            }
        }
    });

    [Test]
    public void Rows_are_sorted_distinct_and_tagged() => PropertyCheck.Holds(200, s_graphs, Smaller, edges =>
    {
        var (ours, _) = Build(edges);
        var expected = edges.List.Distinct().Order().ToArray();
        var outgoing = ours.Vertices.SelectMany(v => ours.Targets(v).ToArray().Zip(ours.Tags(v).ToArray(), (t, tag) => (v, t, tag)));
        var incoming = ours.Vertices.SelectMany(v => ours.Sources(v).ToArray().Select((s, i) => (s, v, ours.InTag(v, i)))).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outgoing, Is.EqualTo(expected));
            Assert.That(incoming, Is.EquivalentTo(expected));
            Assert.That(ours.Vertices.Select(v => ours.Sources(v).ToArray()), Is.All.Ordered);
        }
    });

    [Test]
    public void A_vertex_that_is_not_there_throws_what_QuikGraph_throws()
    {
        var (ours, theirs) = Build(new Edges(3, [(0, 1, 0), (1, 1, 2)]));
        foreach (IBidirectionalGraph<int, SEdge<int>> graph in (IBidirectionalGraph<int, SEdge<int>>[])[theirs, ours])
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(() => graph.OutEdges(-1), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.InEdges(1000), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.OutDegree(-1), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.InDegree(1000), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.Degree(1000), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.IsOutEdgesEmpty(1000), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.IsInEdgesEmpty(1000), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.OutEdge(1000, 0), Throws.InstanceOf<VertexNotFoundException>());
                Assert.That(() => graph.InEdge(1000, 0), Throws.InstanceOf<VertexNotFoundException>());
            }
        }
    }

    [Test]
    public void A_graph_may_be_empty()
    {
        var graph = CsrGraph.Build(0, []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(graph.IsVerticesEmpty, Is.True);
            Assert.That(graph.IsEdgesEmpty, Is.True);
            Assert.That(graph.Vertices, Is.Empty);
            Assert.That(graph.Edges, Is.Empty);
            Assert.That(graph.ContainsVertex(0), Is.False);
            Assert.That(graph.TryGetEdge(0, 0, out _), Is.False);
        }
    }

    [Test]
    public void QuikGraphs_algorithms_run_on_it() => PropertyCheck.Holds(100, s_graphs, Smaller, graph =>
    {
        var ((ours, theirs), edges) = (Build(graph), graph.List);
        var (ourComponents, theirComponents) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        Assert.That(ours.StronglyConnectedComponents(ourComponents), Is.EqualTo(theirs.StronglyConnectedComponents(theirComponents)));
        Assert.That(Partition(ourComponents), Is.EqualTo(Partition(theirComponents)));
        foreach (var root in theirs.Vertices)
        {
            Assert.That(Reached(ours, root), Is.EqualTo(Reached(theirs, root)));
        }

        var forward = CsrGraph.Build(ours.VertexCount, edges.Where(e => e.Source < e.Target).ToArray());
        var order = forward.TopologicalSort().ToList();
        Assert.That(order, Is.EquivalentTo(forward.Vertices));
        Assert.That(forward.Edges.All(e => order.IndexOf(e.Source) < order.IndexOf(e.Target)), Is.True);
        if (edges.Any(e => e.Source != e.Target && edges.Any(back => back.Source == e.Target && back.Target == e.Source)))
        {
            Assert.That(() => ours.TopologicalSort().ToList(), Throws.InstanceOf<NonAcyclicGraphException>());
        }
    });

    private static void AssertEdges(CsrGraph ours, BidirectionalGraph<int, SEdge<int>> theirs, int source)
    {
        for (var target = -1; target <= ours.VertexCount; target++)
        {
            var found = theirs.TryGetEdge(source, target, out var edge);
            Assert.That(ours.TryGetEdge(source, target, out var ourEdge), Is.EqualTo(found));
            Assert.That(ourEdge, Is.EqualTo(found ? edge : default));
            Assert.That(ours.ContainsEdge(source, target), Is.EqualTo(theirs.ContainsEdge(source, target)));
            Assert.That(ours.ContainsEdge(new SEdge<int>(source, target)), Is.EqualTo(found));
            Assert.That(ours.TryGetEdges(source, target, out var ourEdges), Is.EqualTo(theirs.TryGetEdges(source, target, out var theirEdges)));
            Assert.That(ourEdges ?? [], Is.EquivalentTo(theirEdges ?? []));
        }
    }

    private static (CsrGraph Ours, BidirectionalGraph<int, SEdge<int>> Theirs) Build(Edges edges)
    {
        var theirs = new BidirectionalGraph<int, SEdge<int>>(allowParallelEdges: true);
        theirs.AddVertexRange(Enumerable.Range(0, edges.Count));
        theirs.AddEdgeRange(edges.List.Distinct().Select(e => new SEdge<int>(e.Source, e.Target)));
        return (CsrGraph.Build(edges.Count, edges.List), theirs);
    }

    private static IEnumerable<Edges> Smaller(Edges edges) =>
    [
        .. Lists.Shorter(edges.List).Select(l => edges with { List = l }),
        .. edges.Count > 1 && edges.List.All(e => Math.Max(e.Source, e.Target) < edges.Count - 1) ? [edges with { Count = edges.Count - 1 }] : (Edges[])[],
    ];

    private static int[] Reached(IBidirectionalGraph<int, SEdge<int>> graph, int root)
    {
        var reached = new SortedSet<int>();
        var search = new BreadthFirstSearchAlgorithm<int, SEdge<int>>(graph);
        search.DiscoverVertex += v => reached.Add(v);
        search.Compute(root);
        return [.. reached];
    }

    private static string[] Partition(Dictionary<int, int> components) =>
        [.. components.GroupBy(c => c.Value, c => c.Key).Select(g => string.Join(',', g.Order())).Order(StringComparer.Ordinal)];

    /// <summary>A graph.</summary>
    /// <param name="Count">The number of vertices.</param>
    /// <param name="List">The edges.</param>
    private sealed record Edges(int Count, (int Source, int Target, ushort Tag)[] List);
}
