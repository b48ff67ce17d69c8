using IpaAnalysis.Graph;

namespace IpaAnalysis.Impact;

/// <summary>
/// Walks the rules of contract section 5 over the dependency graph. Keeps scratch space for the next question: not safe
/// for several threads at once.
/// </summary>
public sealed class ImpactAnalyzer(DependencyGraph graph)
{
    private readonly State[] _states = new State[graph.VertexCount];
    private readonly List<int> _reached = [];
    private readonly Queue<(int Vertex, State State)> _queue = new();

    [Flags]
    private enum State : byte
    {
        None = 0,

        /// <summary>An instance of the patched function.</summary>
        Patched = 1,

        /// <summary>Holds code made from the old body (rules 1 and 3).</summary>
        Stale = 2,

        /// <summary>Calls what cannot be replaced under its own name (rule 2).</summary>
        Routed = 4,
    }

    /// <summary>Finds what depends on a source function.</summary>
    /// <param name="sourceFunction">Index in <see cref="DependencyGraph.SourceFunctions"/>.</param>
    public FunctionImpact Analyze(int sourceFunction)
    {
        var instances = graph.InstancesOf(sourceFunction).ToArray();
        foreach (var instance in instances)
        {
            _states[instance] = State.Patched;
            _reached.Add(instance);
            _queue.Enqueue((instance, State.Stale));
        }

        while (_queue.TryDequeue(out var step))
        {
            Follow(step.Vertex, step.State);
        }

        _reached.Sort();
        var affected = _reached
            .Where(v => (_states[v] & State.Patched) == 0)
            .Select(v => new AffectedFunction(v, ReasonsOf(v)))
            .ToArray();
        int[] toPatch = [.. _reached.Where(MustBePatched)];
        foreach (var vertex in _reached)
        {
            _states[vertex] = State.None;
        }

        _reached.Clear();
        return new FunctionImpact(sourceFunction, instances, affected, toPatch);
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
                Reach(targets[i], kind == DependencyKind.CallsClone ? State.Routed : state);
            }
        }
    }

    private void Reach(int vertex, State state)
    {
        var known = _states[vertex];
        if ((known & (state | State.Patched)) != 0)
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

    private Reason[] ReasonsOf(int vertex)
    {
        var sources = graph.Edges.Sources(vertex);
        var reasons = new List<Reason>();
        for (var i = 0; i < sources.Length; i++)
        {
            var from = sources[i];
            var dependency = graph.DependencyOf(graph.Edges.InTag(vertex, i));
            if (_states[from] != State.None)
            {
                reasons.Add(new Reason(dependency, from));
            }
        }

        return
        [
            .. reasons
                .OrderBy(r => r.Dependency.Kind)
                .ThenBy(r => r.Dependency.Pass, StringComparer.Ordinal)
                .ThenBy(r => r.From),
        ];
    }

    private bool MustBePatched(int vertex) => graph.IsEmitted(vertex) != false && graph.IsInstance(vertex);
}
