using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Graph;
using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Impact;

/// <summary>Builds the graph that answers questions about a few functions: over the units that hold them, and no others.</summary>
internal static class QueryGraph
{
    /// <summary>Builds the graph.</summary>
    /// <param name="source">All units.</param>
    /// <param name="queries">The questions. For these the graph answers as one over all units does.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static DependencyGraph Build(GraphSource source, IReadOnlyCollection<FunctionQuery> queries, CancellationToken cancellation) =>
        Build(source, queries, ImmutableDictionary<int, ImmutableArray<AddedFunction>>.Empty, cancellation);

    /// <summary>Builds the graph with functions that units' files do not know of.</summary>
    /// <param name="source">All units.</param>
    /// <param name="queries">The questions.</param>
    /// <param name="added">The functions, by the unit's index.</param>
    /// <param name="cancellation">Ends the work early.</param>
    internal static DependencyGraph Build(
        GraphSource source,
        IReadOnlyCollection<FunctionQuery> queries,
        IReadOnlyDictionary<int, ImmutableArray<AddedFunction>> added,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(queries);
        var units = new Dictionary<int, GraphUnit>();
        foreach (var unit in added.Keys)
        {
            units.Add(unit, Load(unit));
        }

        foreach (var query in queries)
        {
            AddNaming(Encoding.UTF8.GetBytes(query.Name));
        }

        var graph = DependencyGraph.Build(units.Values);

        // A symbol (an alias, a clone) may be in one object only, while its source function has instances in others.
        var count = units.Count;
        var resolver = new FunctionResolver(graph, source);
        foreach (var function in queries.SelectMany(q => resolver.FindNamed(q.Name)).Distinct())
        {
            AddNaming(Encoding.UTF8.GetBytes(graph.SourceFunctions[function].Name));
        }

        return units.Count == count ? graph : DependencyGraph.Build(units.Values);

        void AddNaming(byte[] name)
        {
            Add(name);

            // As the resolver does: `f.cold` and `f.localalias` are f.
            while (ClonePasses.TrySplitSuffix(name, out var length, out var pass) && pass is null)
            {
                Add(name = name[..length]);
            }
        }

        void Add(byte[] name)
        {
            foreach (var unit in source.UnitsNaming(name))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!units.ContainsKey(unit))
                {
                    units.Add(unit, Load(unit));
                }
            }
        }

        GraphUnit Load(int index)
        {
            var unit = source.Load(index);
            return added.TryGetValue(index, out var functions) ? unit with { Summary = SummaryAddition.Add(unit.Summary, functions) } : unit;
        }
    }
}
