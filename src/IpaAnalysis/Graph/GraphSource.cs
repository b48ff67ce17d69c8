using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>
/// All units of a program, and graphs over any of them. No edge crosses objects, so a graph over the units that hold a
/// function answers for it as the graph over all does. Safe for several threads as far as the summaries are.
/// </summary>
internal sealed class GraphSource
{
    private readonly ISummarySource _summaries;
    private readonly Func<int, ObjectSummary, GraphUnit> _toUnit;
    private readonly Func<int, string> _objectOf;
    private readonly IReadOnlyList<Unit>? _units;
    private readonly Dictionary<SourcePathMap, ulong> _mapKeys = new(ReferenceEqualityComparer.Instance);

    /// <summary>Units whose summaries are loaded when they are asked for.</summary>
    /// <param name="units">The units, in the order of their objects' names.</param>
    /// <param name="summaries">Their summaries, in the same order.</param>
    public GraphSource(IReadOnlyList<Unit> units, ISummarySource summaries)
    {
        _summaries = summaries;
        _units = units;
        _objectOf = index => units[index].Object;
        _toUnit = (index, summary) =>
        {
            var unit = units[index];
            return new GraphUnit(unit.Object, summary, path => unit.Paths.Normalize(path, unit.WorkingDirectory));
        };
    }

    /// <summary>The units of a graph that holds them all.</summary>
    public GraphSource(DependencyGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _summaries = new SummaryList([.. graph.Units.Select(u => u.Summary)]);
        _objectOf = index => graph.Units[index].Object;
        _toUnit = (index, _) => graph.Units[index];
    }

    /// <summary>The units' summaries.</summary>
    public ISummarySource Summaries => _summaries;

    /// <summary>The number of units.</summary>
    public int Count => _summaries.Count;

    /// <inheritdoc cref="ISummarySource.FactsOf"/>
    public UnitFacts FactsOf(int unit) => _summaries.FactsOf(unit);

    /// <summary>What is known of each unit without loading it.</summary>
    public IEnumerable<UnitFacts> Facts => Enumerable.Range(0, Count).Select(_summaries.FactsOf);

    /// <inheritdoc cref="ISummarySource.UnitsNaming"/>
    public IReadOnlyList<int> UnitsNaming(ReadOnlySpan<byte> name) => _summaries.UnitsNaming(name);

    /// <summary>The name of a unit's object.</summary>
    public string ObjectOf(int unit) => _objectOf(unit);

    /// <summary>What is equal where unit and the way its paths are written are; null when that is not known without loading it.</summary>
    /// <remarks>Not to be asked by several threads at once.</remarks>
    public Digest128? KeyOf(int unit)
    {
        if (_units is null || _summaries.KeyOf(unit) is not { } content)
        {
            return null;
        }

        var paths = _units[unit].Paths;
        if (!_mapKeys.TryGetValue(paths, out var key))
        {
            key = 0;
            foreach (var root in paths.Roots)
            {
                key = StableHash.Of(root, key);
            }

            _mapKeys[paths] = key;
        }

        key = StableHash.Of(_units[unit].WorkingDirectory, key);
        return new Digest128(content.High ^ StableHash.Of(key), content.Low ^ key);
    }

    /// <summary>Loads a unit.</summary>
    public GraphUnit Load(int unit) => _toUnit(unit, _summaries.Load(unit));

    /// <summary>The graph over all units.</summary>
    public DependencyGraph BuildGraph() => DependencyGraph.Build(Enumerable.Range(0, Count).Select(Load));
}
