using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Graph;

/// <summary>Merges summaries: numbers the vertices, joins the dependencies, finds each vertex's source function.</summary>
internal sealed class DependencyGraphBuilder
{
    private const string FoldingPass = "ipa-icf";

    private readonly ImmutableArray<GraphUnit> _units;
    private readonly int[] _firstVertex;
    private readonly List<(int Source, int Target, ushort Tag)> _edges = [];
    private readonly DependencyTags _tags = new();

    public DependencyGraphBuilder(IEnumerable<GraphUnit> units)
    {
        _units = [.. units.OrderBy(u => u.Object, Utf8Order.Instance)];
        _firstVertex = new int[_units.Length + 1];
        for (var i = 0; i < _units.Length; i++)
        {
            _firstVertex[i + 1] = _firstVertex[i] + _units[i].Summary.Functions.Length;
        }
    }

    public DependencyGraph Build()
    {
        var sources = new SourceFunctionTable();
        var sourceFunctionOf = new int[_firstVertex[^1]];
        var isInstance = new bool[_firstVertex[^1]];
        var isFolded = new bool[_firstVertex[^1]];
        for (var unit = 0; unit < _units.Length; unit++)
        {
            AddEdges(unit);
            foreach (var folding in _units[unit].Summary.Foldings)
            {
                isFolded[_firstVertex[unit] + folding.Folded] = true;
            }

            var count = _units[unit].Summary.Functions.Length;
            sources.Add(_units[unit], sourceFunctionOf.AsSpan(_firstVertex[unit], count), isInstance.AsSpan(_firstVertex[unit], count));
        }

        var edges = CsrGraph.Build(_firstVertex[^1], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_edges));
        return new DependencyGraph(_units, _firstVertex, edges, _tags.ToImmutable(), sources.Freeze(sourceFunctionOf), sourceFunctionOf, isInstance, isFolded);
    }

    private void AddEdges(int unit)
    {
        var summary = _units[unit].Summary;
        var clonePass = new ClonePass?[summary.Functions.Length];
        foreach (var edge in summary.CloneEdges)
        {
            // The copy of a body into the function itself (recursion) makes nothing else depend on it.
            if (edge.Original == edge.Copy)
            {
                continue;
            }

            var pass = ClonePasses.FromReason(summary.Names[edge.Reason]);
            Add(unit, edge.Original, edge.Copy, pass.IsInlining ? DependencyKind.Inlined : DependencyKind.Cloned, pass.Name);
            if (!pass.IsInlining)
            {
                clonePass[edge.Copy] ??= pass;
            }
        }

        foreach (var call in summary.CallEdges)
        {
            if (clonePass[call.Callee] is { } pass && call.Caller != call.Callee)
            {
                Add(unit, call.Callee, call.Caller, DependencyKind.CallsClone, pass.Name);
            }
        }

        foreach (var shared in summary.SharedBodies)
        {
            var pass = shared.Kind is SharedBodyKind.Folded or SharedBodyKind.FoldedAway ? FoldingPass : ClonePasses.Unknown.Name;
            Add(unit, shared.First, shared.Second, DependencyKind.SharedBody, pass);
            Add(unit, shared.Second, shared.First, DependencyKind.SharedBody, pass);
        }

        if (summary.SharedBodies.Any(s => s.Kind == SharedBodyKind.FoldedAway))
        {
            AddRedirectedCallers(unit, summary);
        }
    }

    /// <summary>A caller of the kept function may call the folded one in the source: no patch of that one's symbol reaches it.</summary>
    private void AddRedirectedCallers(int unit, ObjectSummary summary)
    {
        var callers = summary.CallEdges.ToLookup(c => c.Callee, c => c.Caller);
        foreach (var folding in summary.SharedBodies.Where(s => s.Kind == SharedBodyKind.FoldedAway))
        {
            foreach (var caller in callers[folding.First])
            {
                if (caller != folding.First && caller != folding.Second)
                {
                    Add(unit, folding.Second, caller, DependencyKind.CallsClone, FoldingPass);
                }
            }
        }
    }

    private void Add(int unit, int source, int target, DependencyKind kind, string pass)
    {
        _edges.Add((_firstVertex[unit] + source, _firstVertex[unit] + target, _tags.TagOf(kind, pass)));
    }
}
