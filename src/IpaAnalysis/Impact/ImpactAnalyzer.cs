using System.Runtime.InteropServices;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Impact;

/// <summary>
/// Walks the rules of contract section 5 over the dependency graph. Keeps scratch space for the next question: not safe
/// for several threads at once.
/// </summary>
internal sealed class ImpactAnalyzer(DependencyGraph graph)
{
    private readonly State[] _states = new State[graph.VertexCount];
    private readonly List<int> _reached = [];
    private readonly List<int> _affected = [];
    private readonly List<Reason> _reasons = [];
    private readonly Queue<(int Vertex, State State)> _queue = new();
    private IReadOnlySet<int>? _independent;

    [Flags]
    private enum State : byte
    {
        None = 0,

        /// <summary>An instance of the patched function.</summary>
        Patched = 1,

        /// <summary>Holds code made from the old body (rules 1 and 3).</summary>
        Stale = 2,

        /// <summary>Calls what cannot be replaced under its own name (rule 2), or was folded into what is stale.</summary>
        Routed = 4,
    }

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
        _independent = independent;
        Walk(sourceFunction, further);
        var affected = new List<AffectedFunction>();
        var toPatch = new List<int>();
        foreach (var vertex in _reached)
        {
            if ((_states[vertex] & State.Patched) == 0)
            {
                affected.Add(new AffectedFunction(vertex, ReasonsOf(vertex, further)));
            }

            if (MustBePatched(vertex))
            {
                toPatch.Add(vertex);
            }
        }

        Forget();
        _independent = null;
        return new FunctionImpact(sourceFunction, graph.InstancesOf(sourceFunction).ToArray(), affected, toPatch);
    }

    /// <inheritdoc cref="Analyze(int, IReadOnlyList{AffectedFunction}, IReadOnlySet{int})"/>
    public FunctionImpact Analyze(int sourceFunction) => Analyze(sourceFunction, []);

    /// <summary>Finds the same without the reasons.</summary>
    /// <param name="sourceFunction">Index in <see cref="DependencyGraph.SourceFunctions"/>.</param>
    /// <returns>The affected vertices, ascending; valid until the next question.</returns>
    public ReadOnlySpan<int> FindAffected(int sourceFunction)
    {
        Walk(sourceFunction, []);
        _affected.Clear();
        foreach (var vertex in _reached)
        {
            if ((_states[vertex] & State.Patched) == 0)
            {
                _affected.Add(vertex);
            }
        }

        Forget();
        return CollectionsMarshal.AsSpan(_affected);
    }

    /// <summary>Whether a vertex that is an instance or affected must be replaced.</summary>
    public bool MustBePatched(int vertex) => graph.IsEmitted(vertex) != false && graph.IsInstance(vertex);

    private void Walk(int sourceFunction, IReadOnlyList<AffectedFunction> further)
    {
        foreach (var instance in graph.InstancesOf(sourceFunction))
        {
            _states[instance] = State.Patched;
            _reached.Add(instance);
            _queue.Enqueue((instance, State.Stale));
        }

        foreach (var dependant in further)
        {
            Reach(dependant.Vertex, State.Routed);
        }

        while (_queue.TryDequeue(out var step))
        {
            Follow(step.Vertex, step.State);
        }

        _reached.Sort();
    }

    private void Forget()
    {
        foreach (var vertex in _reached)
        {
            _states[vertex] = State.None;
        }

        _reached.Clear();
    }

    private void Follow(int vertex, State state)
    {
        var targets = graph.Edges.Targets(vertex);
        var tags = graph.Edges.Tags(vertex);
        for (var i = 0; i < targets.Length; i++)
        {
            var kind = graph.DependencyOf(tags[i]).Kind;
            var isCopy = kind is DependencyKind.Inlined or DependencyKind.Cloned;

            // The final call graph shows the calls of every copy, so a caller's own copies need no walk.
            if (state == State.Stale || !isCopy)
            {
                // Copies of what was folded away are of its own body, which is not patched: calls of the kept function never become it.
                var isRoute = kind == DependencyKind.CallsClone || (kind == DependencyKind.SharedBody && graph.IsFolded(targets[i]));
                Reach(targets[i], isRoute ? State.Routed : state);
            }
        }
    }

    private void Reach(int vertex, State state)
    {
        var known = _states[vertex];
        if ((known & (state | State.Patched)) != 0 || _independent?.Contains(vertex) == true)
        {
            return;
        }

        if (known == State.None)
        {
            _reached.Add(vertex);
        }

        _states[vertex] = known | state;
        _queue.Enqueue((vertex, state));
    }

    private Reason[] ReasonsOf(int vertex, IReadOnlyList<AffectedFunction> further)
    {
        var sources = graph.Edges.Sources(vertex);
        _reasons.Clear();
        for (var i = 0; i < sources.Length; i++)
        {
            if (_states[sources[i]] != State.None)
            {
                _reasons.Add(new Reason(graph.DependencyOf(graph.Edges.InTag(vertex, i)), sources[i]));
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
