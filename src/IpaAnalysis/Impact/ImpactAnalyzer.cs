using System.Runtime.InteropServices;
using IpaAnalysis.Graph;

namespace IpaAnalysis.Impact;

/// <summary>
/// Walks the rules of contract section 5 over the dependency graph. Keeps scratch space for the next question: not safe
/// for several threads at once.
/// </summary>
internal sealed class ImpactAnalyzer
{
    private readonly DependencyGraph _graph;
    private readonly ImpactWalk _walk;
    private readonly List<int> _affected = [];
    private readonly List<Reason> _reasons = [];

    private ImpactAnalyzer(DependencyGraph graph, ImpactWalk walk) => (_graph, _walk) = (graph, walk);

    /// <summary>An analyzer for questions about some functions.</summary>
    public ImpactAnalyzer(DependencyGraph graph)
        : this(graph, new RuleSearch(graph))
    {
    }

    /// <summary>An analyzer for questions about every function of a program.</summary>
    public static ImpactAnalyzer ForAllFunctions(DependencyGraph graph) => new(graph, new DenseWalk(graph));

    /// <summary>Finds what depends on a source function.</summary>
    /// <param name="sourceFunction">Index in <see cref="DependencyGraph.SourceFunctions"/>.</param>
    /// <param name="further">
    /// What depends on it by facts that no edge of the graph shows. It holds no copy, so that the walk follows only who calls
    /// it as a clone or shares its code.
    /// </param>
    /// <param name="independent">Vertices that are known to hold no code made from the old body, whatever the edges say; the walk ends there.</param>
    public FunctionImpact Analyze(int sourceFunction, IReadOnlyList<AffectedFunction> further, IReadOnlySet<int>? independent = null)
    {
        ArgumentNullException.ThrowIfNull(further);
        _walk.Walk(_graph.InstancesOf(sourceFunction), further.Select(static f => f.Vertex), independent);
        var affected = new List<AffectedFunction>();
        var toPatch = new List<int>();
        foreach (var vertex in _walk.Reached)
        {
            if (!_walk.IsPatched(vertex))
            {
                affected.Add(new AffectedFunction(vertex, ReasonsOf(vertex, further)));
            }

            if (MustBePatched(vertex))
            {
                toPatch.Add(vertex);
            }
        }

        return new FunctionImpact(sourceFunction, _graph.InstancesOf(sourceFunction).ToArray(), affected, toPatch);
    }

    /// <inheritdoc cref="Analyze(int, IReadOnlyList{AffectedFunction}, IReadOnlySet{int})"/>
    public FunctionImpact Analyze(int sourceFunction) => Analyze(sourceFunction, []);

    /// <summary>Finds the same without the reasons.</summary>
    /// <param name="sourceFunction">Index in <see cref="DependencyGraph.SourceFunctions"/>.</param>
    /// <returns>The affected vertices, ascending; valid until the next question.</returns>
    public ReadOnlySpan<int> FindAffected(int sourceFunction)
    {
        _walk.Walk(_graph.InstancesOf(sourceFunction), [], null);
        _affected.Clear();
        foreach (var vertex in _walk.Reached)
        {
            if (!_walk.IsPatched(vertex))
            {
                _affected.Add(vertex);
            }
        }

        return CollectionsMarshal.AsSpan(_affected);
    }

    /// <summary>Whether a vertex that is an instance or affected must be replaced.</summary>
    public bool MustBePatched(int vertex) => _graph.IsEmitted(vertex) != false && _graph.IsInstance(vertex);

    private Reason[] ReasonsOf(int vertex, IReadOnlyList<AffectedFunction> further)
    {
        var sources = _graph.Edges.Sources(vertex);
        _reasons.Clear();
        for (var i = 0; i < sources.Length; i++)
        {
            if (_walk.IsReached(sources[i]))
            {
                _reasons.Add(new Reason(_graph.DependencyOf(_graph.Edges.InTag(vertex, i)), sources[i]));
            }
        }

        foreach (var dependant in further)
        {
            if (dependant.Vertex == vertex)
            {
                _reasons.AddRange(dependant.Reasons);
            }
        }

        if (_reasons.Count > 1)
        {
            _reasons.Sort(static (a, b) =>
            {
                var order = a.Dependency.Kind.CompareTo(b.Dependency.Kind);
                order = order != 0 ? order : string.CompareOrdinal(a.Dependency.Pass, b.Dependency.Pass);
                return order != 0 ? order : a.From.CompareTo(b.From);
            });
        }

        return [.. _reasons];
    }
}
