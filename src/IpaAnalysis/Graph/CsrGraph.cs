using System.Diagnostics.CodeAnalysis;
using QuikGraph;

namespace IpaAnalysis.Graph;

/// <summary>
/// An immutable directed graph over the vertices 0 … <see cref="VertexCount"/>-1, stored as compressed sparse rows in both
/// directions. Every algorithm of QuikGraph that takes an <see cref="IBidirectionalGraph{TVertex,TEdge}"/> runs on it.
/// </summary>
internal sealed class CsrGraph : IBidirectionalGraph<int, SEdge<int>>
{
    private readonly int[] _outStarts;
    private readonly int[] _targets;
    private readonly ushort[] _tags;
    private readonly int[] _inStarts;
    private readonly int[] _sources;
    private readonly int[] _inEdges;

    private CsrGraph(int[] outStarts, int[] targets, ushort[] tags, int[] inStarts, int[] sources, int[] inEdges)
    {
        _outStarts = outStarts;
        _targets = targets;
        _tags = tags;
        _inStarts = inStarts;
        _sources = sources;
        _inEdges = inEdges;
    }

    /// <inheritdoc/>
    public bool IsDirected => true;

    /// <summary>Whether two edges may join the same vertices: yes, with different tags.</summary>
    public bool AllowParallelEdges => true;

    /// <inheritdoc/>
    public int VertexCount => _outStarts.Length - 1;

    /// <inheritdoc/>
    public int EdgeCount => _targets.Length;

    /// <inheritdoc/>
    public bool IsVerticesEmpty => VertexCount == 0;

    /// <inheritdoc/>
    public bool IsEdgesEmpty => EdgeCount == 0;

    /// <inheritdoc/>
    public IEnumerable<int> Vertices => Enumerable.Range(0, VertexCount);

    /// <inheritdoc/>
    public IEnumerable<SEdge<int>> Edges => Vertices.SelectMany(OutEdges);

    /// <summary>Builds a graph; equal (source, target, tag) triples become one edge.</summary>
    /// <param name="vertexCount">The number of vertices.</param>
    /// <param name="edges">The edges with what the caller wants to know of each.</param>
    public static CsrGraph Build(int vertexCount, ReadOnlySpan<(int Source, int Target, ushort Tag)> edges)
    {
        var outStarts = new int[vertexCount + 1];
        foreach (var (source, _, _) in edges)
        {
            outStarts[source + 1]++;
        }

        Accumulate(outStarts);

        // Target and tag in one number: those sort fastest, and without the JIT.
        var rows = new ulong[edges.Length];
        var next = outStarts.AsSpan(0, vertexCount).ToArray();
        foreach (var (source, target, tag) in edges)
        {
            rows[next[source]++] = ((ulong)(uint)target << 16) | tag;
        }

        var kept = 0;
        for (var v = 0; v < vertexCount; v++)
        {
            var row = rows.AsSpan(outStarts[v], outStarts[v + 1] - outStarts[v]);
            row.Sort();
            outStarts[v] = kept;
            for (var i = 0; i < row.Length; i++)
            {
                if (i == 0 || row[i] != row[i - 1])
                {
                    rows[kept++] = row[i];
                }
            }
        }

        outStarts[vertexCount] = kept;
        return FromRows(outStarts, rows.AsSpan(0, kept));
    }

    /// <summary>The targets of a vertex's edges, ascending.</summary>
    public ReadOnlySpan<int> Targets(int vertex) => Slice(_targets, _outStarts, vertex);

    /// <summary>The tags of a vertex's edges, beside <see cref="Targets"/>.</summary>
    public ReadOnlySpan<ushort> Tags(int vertex) =>
        _tags.AsSpan(_outStarts[vertex], _outStarts[vertex + 1] - _outStarts[vertex]);

    /// <summary>The sources of the edges into a vertex, ascending.</summary>
    public ReadOnlySpan<int> Sources(int vertex) => Slice(_sources, _inStarts, vertex);

    /// <summary>The tag of the <paramref name="index"/>-th edge into a vertex, beside <see cref="Sources"/>.</summary>
    public ushort InTag(int vertex, int index) => _tags[_inEdges[_inStarts[vertex] + index]];

    /// <inheritdoc/>
    public bool ContainsVertex(int vertex) => (uint)vertex < (uint)VertexCount;

    /// <inheritdoc/>
    public bool ContainsEdge(SEdge<int> edge) => ContainsEdge(edge.Source, edge.Target);

    /// <inheritdoc/>
    public bool ContainsEdge(int source, int target) =>
        ContainsVertex(source) && Targets(source).BinarySearch(target) >= 0;

    /// <inheritdoc/>
    public bool TryGetEdge(int source, int target, out SEdge<int> edge)
    {
        var found = ContainsEdge(source, target);
        edge = found ? new SEdge<int>(source, target) : default;
        return found;
    }

    /// <inheritdoc/>
    public bool TryGetEdges(int source, int target, [NotNullWhen(true)] out IEnumerable<SEdge<int>>? edges)
    {
        edges = ContainsVertex(source) ? OutEdges(source).Where(e => e.Target == target) : null;
        return edges is not null;
    }

    /// <inheritdoc/>
    public bool IsOutEdgesEmpty(int vertex) => OutDegree(vertex) == 0;

    /// <inheritdoc/>
    public int OutDegree(int vertex) => _outStarts[Known(vertex) + 1] - _outStarts[vertex];

    /// <inheritdoc/>
    public SEdge<int> OutEdge(int vertex, int index) => new(vertex, Targets(Known(vertex))[index]);

    /// <inheritdoc/>
    public IEnumerable<SEdge<int>> OutEdges(int vertex) => EnumerateOutEdges(Known(vertex));

    /// <inheritdoc/>
    public bool TryGetOutEdges(int vertex, [NotNullWhen(true)] out IEnumerable<SEdge<int>>? edges)
    {
        edges = ContainsVertex(vertex) ? OutEdges(vertex) : null;
        return edges is not null;
    }

    /// <inheritdoc/>
    public bool IsInEdgesEmpty(int vertex) => InDegree(vertex) == 0;

    /// <inheritdoc/>
    public int InDegree(int vertex) => _inStarts[Known(vertex) + 1] - _inStarts[vertex];

    /// <inheritdoc/>
    public SEdge<int> InEdge(int vertex, int index) => new(Sources(Known(vertex))[index], vertex);

    /// <inheritdoc/>
    public IEnumerable<SEdge<int>> InEdges(int vertex) => EnumerateInEdges(Known(vertex));

    /// <inheritdoc/>
    public bool TryGetInEdges(int vertex, [NotNullWhen(true)] out IEnumerable<SEdge<int>>? edges)
    {
        edges = ContainsVertex(vertex) ? InEdges(vertex) : null;
        return edges is not null;
    }

    /// <inheritdoc/>
    public int Degree(int vertex) => InDegree(vertex) + OutDegree(vertex);

    private static CsrGraph FromRows(int[] outStarts, ReadOnlySpan<ulong> rows)
    {
        var vertexCount = outStarts.Length - 1;
        var targets = new int[rows.Length];
        var tags = new ushort[rows.Length];
        var inStarts = new int[vertexCount + 1];
        for (var e = 0; e < rows.Length; e++)
        {
            (targets[e], tags[e]) = ((int)(rows[e] >> 16), (ushort)rows[e]);
            inStarts[targets[e] + 1]++;
        }

        Accumulate(inStarts);
        var sources = new int[rows.Length];
        var inEdges = new int[rows.Length];
        var next = inStarts.AsSpan(0, vertexCount).ToArray();
        for (var v = 0; v < vertexCount; v++)
        {
            for (var e = outStarts[v]; e < outStarts[v + 1]; e++)
            {
                var slot = next[targets[e]]++;
                (sources[slot], inEdges[slot]) = (v, e);
            }
        }

        return new CsrGraph(outStarts, targets, tags, inStarts, sources, inEdges);
    }

    private static void Accumulate(int[] starts)
    {
        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }
    }

    private IEnumerable<SEdge<int>> EnumerateOutEdges(int vertex)
    {
        for (var i = _outStarts[vertex]; i < _outStarts[vertex + 1]; i++)
        {
            yield return new SEdge<int>(vertex, _targets[i]);
        }
    }

    private IEnumerable<SEdge<int>> EnumerateInEdges(int vertex)
    {
        for (var i = _inStarts[vertex]; i < _inStarts[vertex + 1]; i++)
        {
            yield return new SEdge<int>(_sources[i], vertex);
        }
    }

    /// <summary>The vertex; one that is not in the graph throws what QuikGraph's own graphs throw.</summary>
    private int Known(int vertex) => ContainsVertex(vertex) ? vertex : throw new VertexNotFoundException();

    private static ReadOnlySpan<int> Slice(int[] values, int[] starts, int vertex) =>
        values.AsSpan(starts[vertex], starts[vertex + 1] - starts[vertex]);
}
