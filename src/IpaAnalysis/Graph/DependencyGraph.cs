using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>
/// The functions of all objects and which code depends on which body. A vertex is one (object, symbol); vertices are
/// numbered by object and symbol in the order of their UTF-8 bytes. An edge leads from a body to code that depends on it.
/// </summary>
internal sealed class DependencyGraph : IVertexNames
{
    private readonly int[] _firstVertex;
    private readonly int[] _sourceFunctionOf;
    private readonly bool[] _isInstance;
    private readonly bool[] _isFolded;
    private readonly int[] _instanceStarts;
    private readonly int[] _instances;
    private readonly ImmutableArray<Dependency> _dependencies;

    internal DependencyGraph(
        ImmutableArray<GraphUnit> units,
        int[] firstVertex,
        CsrGraph edges,
        ImmutableArray<Dependency> dependencies,
        ImmutableArray<SourceFunction> sourceFunctions,
        int[] sourceFunctionOf,
        bool[] isInstance,
        bool[] isFolded)
    {
        Units = units;
        Edges = edges;
        SourceFunctions = sourceFunctions;
        _firstVertex = firstVertex;
        _dependencies = dependencies;
        _sourceFunctionOf = sourceFunctionOf;
        _isInstance = isInstance;
        _isFolded = isFolded;
        (_instanceStarts, _instances) = GroupInstances();
    }

    /// <summary>The objects, sorted by the UTF-8 bytes of their names.</summary>
    public ImmutableArray<GraphUnit> Units { get; }

    /// <summary>The dependencies, as a graph for QuikGraph's algorithms.</summary>
    public CsrGraph Edges { get; }

    /// <summary>The functions of the source that have a body in some object.</summary>
    public ImmutableArray<SourceFunction> SourceFunctions { get; }

    /// <summary>The number of (object, symbol).</summary>
    public int VertexCount => _sourceFunctionOf.Length;

    /// <inheritdoc/>
    public int UnitCount => Units.Length;

    /// <inheritdoc/>
    public string ObjectOf(int unit) => Units[unit].Object;

    /// <summary>The index in <see cref="Units"/> of the object a vertex is in.</summary>
    public int UnitOf(int vertex)
    {
        var index = Array.BinarySearch(_firstVertex, vertex);
        if (index < 0)
        {
            return ~index - 1;
        }

        // Objects without functions share their first vertex with the next one.
        while (_firstVertex[index + 1] == vertex)
        {
            index++;
        }

        return index;
    }

    /// <summary>The vertices of a unit; no edge leads out of it.</summary>
    public Range VerticesOf(int unit) => _firstVertex[unit].._firstVertex[unit + 1];

    /// <summary>The vertex of a function of an object.</summary>
    public int VertexOf(int unit, int function) => _firstVertex[unit] + function;

    /// <summary>The vertex of a symbol of an object, or -1.</summary>
    public int FindVertex(int unit, ReadOnlySpan<byte> symbol)
    {
        var function = Units[unit].Summary.FindSymbol(symbol);
        return function < 0 ? -1 : VertexOf(unit, function);
    }

    /// <summary>What is known of a vertex in its object.</summary>
    public FunctionEntry EntryOf(int vertex)
    {
        var unit = UnitOf(vertex);
        return Units[unit].Summary.Functions[vertex - _firstVertex[unit]];
    }

    /// <summary>The symbol of a vertex.</summary>
    public string SymbolOf(int vertex) => Encoding.UTF8.GetString(Utf8SymbolOf(vertex));

    /// <summary>The symbol of a vertex in UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8SymbolOf(int vertex)
    {
        var unit = UnitOf(vertex);
        return Units[unit].Summary.SymbolOf(vertex - _firstVertex[unit]);
    }

    /// <summary>Whether a vertex has a trait.</summary>
    public bool Has(int vertex, FunctionTraits trait) => (EntryOf(vertex).Traits & trait) == trait;

    /// <summary>Whether a vertex has code of its own; null when its object has no symbol table.</summary>
    public bool? IsEmitted(int vertex)
    {
        var unit = UnitOf(vertex);
        var summary = Units[unit].Summary;
        return summary.HasSymbolTable
            ? (summary.Functions[vertex - _firstVertex[unit]].Traits & FunctionTraits.Emitted) != 0
            : null;
    }

    /// <summary>Index in <see cref="SourceFunctions"/> of the function a vertex is, or was made from; -1 without a body.</summary>
    public int SourceFunctionOf(int vertex) => _sourceFunctionOf[vertex];

    /// <inheritdoc/>
    public SourceFunctionWords WordsOf(int sourceFunction)
    {
        var function = SourceFunctions[sourceFunction];
        return new SourceFunctionWords(Encoding.UTF8.GetBytes(function.Name), function.File, function.Line, function.Column);
    }

    /// <summary>Whether a vertex is a function of the source under its own name or an alias, not a compiler-made clone.</summary>
    public bool IsInstance(int vertex) => _isInstance[vertex];

    /// <summary>
    /// Whether a record says that a vertex's own body was thrown away for another's: what holds a copy of it got the body of its
    /// own source, before that.
    /// </summary>
    public bool IsFolded(int vertex) => _isFolded[vertex];

    /// <summary>The vertices that are a source function under its own name or an alias, in all objects, ascending.</summary>
    public ReadOnlySpan<int> InstancesOf(int sourceFunction) =>
        _instances.AsSpan(_instanceStarts[sourceFunction], _instanceStarts[sourceFunction + 1] - _instanceStarts[sourceFunction]);

    /// <summary>What the tag of an edge of <see cref="Edges"/> stands for.</summary>
    public Dependency DependencyOf(ushort tag) => _dependencies[tag];

    /// <summary>Merges objects into a graph.</summary>
    public static DependencyGraph Build(IEnumerable<GraphUnit> units) => new DependencyGraphBuilder(units).Build();

    private (int[] Starts, int[] Instances) GroupInstances()
    {
        var starts = new int[SourceFunctions.Length + 1];
        var vertices = new List<int>();
        for (var v = 0; v < _sourceFunctionOf.Length; v++)
        {
            if (_isInstance[v])
            {
                starts[_sourceFunctionOf[v] + 1]++;
                vertices.Add(v);
            }
        }

        for (var i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        var instances = new int[vertices.Count];
        var next = starts[..^1];
        foreach (var v in vertices)
        {
            instances[next[_sourceFunctionOf[v]]++] = v;
        }

        return (starts, instances);
    }
}
