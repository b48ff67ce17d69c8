using System.Text;
using IpaAnalysis.Files.State;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Verdicts;

/// <summary>
/// The index of one unit, encoded: a row for each source function in it, and what its stale clones leave in doubt. No edge
/// crosses objects, so the index of a program is the sum of these. Keeps its memory for the next unit; not safe for several threads.
/// </summary>
internal sealed class UnitIndex
{
    /// <summary>The number that stands for no file.</summary>
    public const int NoFile = -1;

    /// <summary>The fields of a row, each of at least one byte.</summary>
    public const int RowFields = 8;

    private readonly PackedWriter _result = new();
    private readonly PackedWriter _rows = new();
    private readonly Dictionary<string, int> _files = new(StringComparer.Ordinal);
    private readonly AscendingSet _clones = new();

    /// <summary>Makes the index of a unit.</summary>
    public byte[] Make(GraphUnit unit) => Make(DependencyGraph.Build([unit]), null);

    /// <summary>Makes the index of a unit.</summary>
    /// <param name="graph">The graph over the unit alone.</param>
    /// <param name="impacts">Receives the impact of each source function, in the order of the index's rows.</param>
    public byte[] Make(DependencyGraph graph, UnitImpactsBuilder? impacts)
    {
        var analyzer = ImpactAnalyzer.ForAllFunctions(graph);
        _rows.Clear();
        _files.Clear();
        _clones.Clear();
        for (var function = 0; function < graph.SourceFunctions.Length; function++)
        {
            AddRow(graph, analyzer, function, impacts);
        }

        _result.Clear();
        _result.WriteUnsigned(_clones.Count > 0 ? 1u : 0);
        WriteClones(graph, FunctionTraits.AddressTaken);
        WriteClones(graph, FunctionTraits.AddressUnknown);
        _result.WriteUnsigned((ulong)_files.Count);
        foreach (var file in _files.Keys)
        {
            _result.WriteText(file);
        }

        _result.WriteUnsigned((ulong)graph.SourceFunctions.Length);
        _result.WriteBytes(_rows.Written);
        return _result.Written.ToArray();
    }

    private void WriteClones(DependencyGraph graph, FunctionTraits trait)
    {
        var clones = _clones.Where(v => graph.Has(v, trait)).ToArray();
        _result.WriteUnsigned((ulong)clones.Length);
        foreach (var clone in clones)
        {
            _result.WriteText(graph.SymbolOf(clone));
        }
    }

    private void AddRow(DependencyGraph graph, ImpactAnalyzer analyzer, int function, UnitImpactsBuilder? impacts)
    {
        var instances = graph.InstancesOf(function);
        var affected = impacts is null ? analyzer.FindAffected(function) : impacts.Add(analyzer.Analyze(function));
        var toPatch = 0;
        foreach (var vertex in instances)
        {
            toPatch += analyzer.MustBePatched(vertex) ? 1 : 0;
        }

        foreach (var vertex in affected)
        {
            toPatch += analyzer.MustBePatched(vertex) ? 1 : 0;
            if (BlindSpots.IsStaleClone(graph, vertex))
            {
                _clones.Add(vertex);
            }
        }

        var source = graph.SourceFunctions[function];
        var file = NoFile;
        if (source.File is not null && !_files.TryGetValue(source.File, out file))
        {
            _files[source.File] = file = _files.Count;
        }

        _rows.WriteUnsigned((ulong)Encoding.UTF8.GetByteCount(source.Name));
        _rows.WriteBytes(Encoding.UTF8.GetBytes(source.Name));
        _rows.WriteIndex(file);
        _rows.WriteUnsigned(source.Object is null ? 0u : 1u);
        _rows.WriteUnsigned((uint)source.Line);
        _rows.WriteUnsigned((uint)source.Column);
        _rows.WriteUnsigned((uint)instances.Length);
        _rows.WriteUnsigned((uint)affected.Length);
        _rows.WriteUnsigned((uint)toPatch);
    }
}
