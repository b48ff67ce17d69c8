using System.Collections;
using System.Collections.Concurrent;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Verdicts;

/// <summary>
/// The impacts of all source functions that something depends on, in the manifest's order. Units are looked at one by one
/// and only what <see cref="UnitImpacts"/> says of each is kept; an impact is put together when it is asked for.
/// </summary>
internal sealed class ProgramImpacts : IReadOnlyList<FunctionImpact>, IVertexNames
{
    private readonly GraphSource _source;
    private readonly UnitImpacts[] _units;
    private readonly IndexSum _sum;
    private readonly int[][] _functionsOfUnit;
    private readonly int[] _firstVertex;
    private readonly int[] _unitOf;
    private readonly int[] _functions;
    private readonly int[] _partStarts;
    private readonly (int Unit, int Row)[] _parts;

    private ProgramImpacts(GraphSource source, UnitImpacts[] units, byte[]?[] indices, DiagnosticBag diagnostics)
    {
        _source = source;
        _units = units;
        _sum = new IndexSum(source);
        _functionsOfUnit = new int[units.Length][];
        _firstVertex = new int[units.Length + 1];
        for (var unit = 0; unit < units.Length; unit++)
        {
            _functionsOfUnit[unit] = new int[units[unit].Starts.Length];
            _sum.Add(indices[unit], _functionsOfUnit[unit]);
            indices[unit] = null;
            _firstVertex[unit + 1] = _firstVertex[unit] + units[unit].States.Length;
        }

        _unitOf = new int[_firstVertex[^1]];
        for (var unit = 0; unit < units.Length; unit++)
        {
            _unitOf.AsSpan(_firstVertex[unit].._firstVertex[unit + 1]).Fill(unit);
        }

        _functions = _sum.Sort(diagnostics);
        var places = new int[_sum.Count];
        Array.Fill(places, -1);
        for (var place = 0; place < _functions.Length; place++)
        {
            places[_functions[place]] = place;
        }

        (_partStarts, _parts) = GroupParts(places);
        CountVertices(places);
    }

    /// <summary>The number of functions.</summary>
    public int Count => _functions.Length;

    /// <summary>Distinct (object, symbol) that depend on one of them.</summary>
    public int AffectedCount { get; private set; }

    /// <summary>Distinct (object, symbol) that must be replaced.</summary>
    public int ToPatchCount { get; private set; }

    /// <inheritdoc/>
    public int UnitCount => _units.Length;

    /// <inheritdoc/>
    public FunctionImpact this[int index]
    {
        get
        {
            // What a function of a header affects may be tens of thousands: no list is to grow to that.
            var counts = _sum.CountsOf(_functions[index]);
            var impact = (Instances: new int[counts.Instances], Affected: new AffectedFunction[counts.Affected], ToPatch: new int[counts.ToPatch]);
            Span<int> instances = impact.Instances, toPatch = impact.ToPatch;
            Span<AffectedFunction> affected = impact.Affected;
            foreach (var (unit, row) in _parts.AsSpan(_partStarts[index].._partStarts[index + 1]))
            {
                _units[unit].Read(row, _firstVertex[unit], ref instances, ref affected, ref toPatch);
            }

            return new FunctionImpact(_functions[index], impact.Instances, impact.Affected, impact.ToPatch);
        }
    }

    /// <summary>Looks at all units.</summary>
    /// <param name="source">The units.</param>
    /// <param name="options">How many units to look at at once, and who is told of the progress.</param>
    /// <param name="diagnostics">Receives what the inputs could not show.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static ProgramImpacts Make(GraphSource source, AnalysisOptions options, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        var units = new UnitImpacts[source.Count];
        var indices = new byte[]?[units.Length];
        var counter = new WorkCounter(options.Progress, WorkPhase.AnalyzingUnits, units.Length);
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, units.Length), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellation },
            static () => new UnitImpactsBuilder(),
            (unit, _, own) =>
            {
                units[unit] = own.Make(source.Load(unit), out var index);
                indices[unit] = index;
                counter.Add(1);
                return own;
            },
            static _ => { });
        return new ProgramImpacts(source, units, indices, diagnostics);
    }

    /// <inheritdoc/>
    public int UnitOf(int vertex) => _unitOf[vertex];

    /// <inheritdoc/>
    public string ObjectOf(int unit) => _source.ObjectOf(unit);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Utf8SymbolOf(int vertex)
    {
        var unit = _unitOf[vertex];
        return _units[unit].SymbolOf(vertex - _firstVertex[unit]);
    }

    /// <inheritdoc/>
    public bool? IsEmitted(int vertex) => (StatesOf(vertex) & (VertexStates.Emitted | VertexStates.MayBeEmitted)) switch
    {
        VertexStates.None => false,
        VertexStates.Emitted => true,
        _ => null,
    };

    /// <inheritdoc/>
    public int SourceFunctionOf(int vertex)
    {
        var unit = _unitOf[vertex];
        return _functionsOfUnit[unit][_units[unit].FunctionOf[vertex - _firstVertex[unit]]];
    }

    /// <inheritdoc/>
    public SourceFunctionWords WordsOf(int sourceFunction) => _sum.WordsOf(sourceFunction);

    /// <inheritdoc/>
    public IEnumerator<FunctionImpact> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private VertexStates StatesOf(int vertex)
    {
        var unit = _unitOf[vertex];
        return _units[unit].States[vertex - _firstVertex[unit]];
    }

    /// <summary>The units that hold each function, in their order.</summary>
    private (int[] Starts, (int Unit, int Row)[] Parts) GroupParts(int[] places)
    {
        var starts = new int[Count + 1];
        ForEachPart(places, (place, _, _) => starts[place + 1]++);
        for (var place = 0; place < Count; place++)
        {
            starts[place + 1] += starts[place];
        }

        var parts = new (int Unit, int Row)[starts[^1]];
        var next = starts[..^1];
        ForEachPart(places, (place, unit, row) => parts[next[place]++] = (unit, row));
        return (starts, parts);
    }

    private void ForEachPart(int[] places, Action<int, int, int> action)
    {
        for (var unit = 0; unit < _units.Length; unit++)
        {
            var functions = _functionsOfUnit[unit];
            for (var row = 0; row < functions.Length; row++)
            {
                if (places[functions[row]] is >= 0 and var place)
                {
                    action(place, unit, row);
                }
            }
        }
    }

    private void CountVertices(int[] places)
    {
        for (var unit = 0; unit < _units.Length; unit++)
        {
            var impacts = _units[unit];
            for (var vertex = 0; vertex < impacts.States.Length; vertex++)
            {
                var state = impacts.States[vertex];
                var isAffected = (state & VertexStates.Affected) != 0;
                AffectedCount += isAffected ? 1 : 0;

                // What is replaceable is an instance of its function, and patched with that.
                if ((state & VertexStates.Replaceable) != 0
                    && (isAffected || places[_functionsOfUnit[unit][impacts.FunctionOf[vertex]]] >= 0))
                {
                    ToPatchCount++;
                }
            }
        }
    }
}
