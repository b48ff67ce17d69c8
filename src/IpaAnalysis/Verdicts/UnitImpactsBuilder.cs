using System.Runtime.InteropServices;
using IpaAnalysis.Files.State;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Verdicts;

/// <summary>Makes the <see cref="UnitImpacts"/> of one unit after the other. Keeps its memory for the next unit; not safe for several threads.</summary>
internal sealed class UnitImpactsBuilder
{
    private readonly UnitIndex _index = new();
    private readonly PackedWriter _impacts = new();
    private readonly PackedWriter _symbols = new();
    private readonly List<int> _starts = [];
    private readonly List<int> _affected = [];
    private readonly List<Dependency> _dependencies = [];
    private int[] _numbers = [];
    private bool[] _isAffected = [];

    /// <summary>Makes the impacts of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="index">The unit's index, see <see cref="UnitIndex"/>.</param>
    public UnitImpacts Make(GraphUnit unit, out byte[] index)
    {
        var graph = DependencyGraph.Build([unit]);
        var count = Number(graph);
        _impacts.Clear();
        _symbols.Clear();
        _starts.Clear();
        _dependencies.Clear();
        index = _index.Make(graph, this);
        var ends = new int[count];
        var functions = new int[count];
        var states = new VertexStates[count];
        var analyzer = ImpactAnalyzer.ForAllFunctions(graph);
        for (var vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            if (_numbers[vertex] is >= 0 and var number)
            {
                _symbols.WriteBytes(graph.Utf8SymbolOf(vertex));
                ends[number] = _symbols.Written.Length;
                functions[number] = graph.SourceFunctionOf(vertex);
                states[number] = StateOf(graph, analyzer, vertex);
            }
        }

        return new UnitImpacts
        {
            Symbols = _symbols.Written.ToArray(),
            SymbolEnds = ends,
            FunctionOf = functions,
            States = states,
            Dependencies = [.. _dependencies],
            Impacts = _impacts.Written.ToArray(),
            Starts = [.. _starts],
        };
    }

    /// <summary>Adds the impact of the next source function.</summary>
    /// <returns>What is affected; valid until the next call.</returns>
    public ReadOnlySpan<int> Add(FunctionImpact impact)
    {
        _starts.Add(_impacts.Written.Length);
        _affected.Clear();
        _impacts.WriteUnsigned((uint)impact.Instances.Count);
        var last = 0;
        foreach (var instance in impact.Instances)
        {
            WriteNumber(_numbers[instance], ref last);
        }

        _impacts.WriteUnsigned((uint)impact.Affected.Count);
        last = 0;
        foreach (var (vertex, reasons) in impact.Affected)
        {
            _affected.Add(vertex);
            _isAffected[vertex] = true;
            WriteNumber(_numbers[vertex], ref last);
            _impacts.WriteUnsigned((uint)reasons.Count);
            foreach (var (dependency, from) in reasons)
            {
                _impacts.WriteUnsigned((uint)NumberOf(dependency));
                _impacts.WriteSigned(_numbers[from] - _numbers[vertex]);
            }
        }

        return CollectionsMarshal.AsSpan(_affected);
    }

    /// <summary>Numbers the vertices that have a body: impacts hold no others.</summary>
    private int Number(DependencyGraph graph)
    {
        if (_numbers.Length < graph.VertexCount)
        {
            _numbers = new int[graph.VertexCount * 2];
            _isAffected = new bool[_numbers.Length];
        }

        _isAffected.AsSpan(0, graph.VertexCount).Clear();
        var count = 0;
        for (var vertex = 0; vertex < graph.VertexCount; vertex++)
        {
            _numbers[vertex] = graph.SourceFunctionOf(vertex) < 0 ? -1 : count++;
        }

        return count;
    }

    private VertexStates StateOf(DependencyGraph graph, ImpactAnalyzer analyzer, int vertex)
    {
        var state = graph.IsEmitted(vertex) switch
        {
            true => VertexStates.Emitted,
            false => VertexStates.None,
            null => VertexStates.MayBeEmitted,
        };
        return state
            | (analyzer.MustBePatched(vertex) ? VertexStates.Replaceable : VertexStates.None)
            | (_isAffected[vertex] ? VertexStates.Affected : VertexStates.None);
    }

    private void WriteNumber(int number, ref int last)
    {
        _impacts.WriteUnsigned((uint)(number - last));
        last = number;
    }

    private int NumberOf(Dependency dependency)
    {
        // A unit has a handful of kinds and passes, and a string that is the same is mostly the same object.
        var number = _dependencies.IndexOf(dependency);
        if (number < 0)
        {
            number = _dependencies.Count;
            _dependencies.Add(dependency);
        }

        return number;
    }
}
