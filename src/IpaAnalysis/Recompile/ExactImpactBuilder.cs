using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Questions.Answers;
using IpaAnalysis.Recompile.Questions.Texts;

namespace IpaAnalysis.Recompile;

/// <summary>Turns a function's impact into questions about units, and the answers into vertices.</summary>
internal sealed class ExactImpactBuilder
{
    private readonly DependencyGraph _graph;
    private readonly FunctionImpact _impact;
    private readonly ILookup<int, int> _instances;
    private readonly ILookup<int, AffectedFunction> _affected;
    private readonly List<InexactCause> _causes = [];
    private readonly List<ExactDependant> _facts = [];
    private readonly List<ExactDependant> _decisions = [];
    private readonly ImmutableDictionary<int, bool>.Builder _confirmed = ImmutableDictionary.CreateBuilder<int, bool>();
    private readonly ImmutableHashSet<int>.Builder _independent = ImmutableHashSet.CreateBuilder<int>();
    private readonly List<UnsafeCallee> _callees = [];
    private readonly List<FoldedVariable> _variables = [];

    /// <summary>Begins with what could not even be looked at.</summary>
    public ExactImpactBuilder(DependencyGraph graph, FunctionImpact impact, IEnumerable<InexactCause> unread)
    {
        _causes.AddRange(unread);
        _graph = graph;
        _impact = impact;
        _instances = impact.Instances.ToLookup(graph.UnitOf);
        _affected = impact.Affected.ToLookup(a => graph.UnitOf(a.Vertex));
    }

    /// <summary>What to ask about a unit that has the function.</summary>
    public FunctionQuestion QuestionOf(int unit)
    {
        int[] sharing = [.. _affected[unit].Where(SharesBody).Select(a => a.Vertex)];
        var held = HeldBy(_instances[unit]);
        return new()
        {
            Symbols = [.. _instances[unit].Select(_graph.SymbolOf)],
            Sharing = [.. sharing.Select(_graph.SymbolOf)],
            Apart = sharing.Length == 0 ? [] : [.. ApartFrom(unit, _instances[unit].Concat(sharing).Concat(_affected[unit].Where(IsClone).Select(a => a.Vertex))).Select(_graph.SymbolOf).Order(StringComparer.Ordinal)],
            Explained = [.. _affected[unit].Select(a => _graph.SymbolOf(a.Vertex))],
            Held = [.. held.Select(_graph.SymbolOf).Order(StringComparer.Ordinal)],
            Nested = [.. _instances[unit].Concat(sharing).Concat(held).Distinct().Select(NestedOf).OfType<NestedFunction>().OrderBy(n => n.Symbol, StringComparer.Ordinal)],
        };
    }

    /// <summary>Takes the answer about a unit.</summary>
    public void Add(int unit, FunctionAnswer answer)
    {
        var name = _graph.Units[unit].Object;
        _causes.AddRange(answer.Problems.Select(p => new InexactCause(name, p.Cause)));

        AddDependants(unit, answer.Facts, DependencyKind.Fact, _facts);
        AddDependants(unit, answer.Decisions, DependencyKind.Decision, _decisions);
        _callees.AddRange(answer.UnsafeCallees.Select(c => new UnsafeCallee(name, c.Symbol, c.Function, UnsafeReasons.Of(c.Pass), c.Pass)));
        _variables.AddRange(answer.FoldedVariables.Select(v => new FoldedVariable(name, v.Name, v.Readers, v.Writers)));
        foreach (var affected in answer.IsExact ? _affected[unit] : [])
        {
            if (Judge(affected, answer) is { } judgement)
            {
                _confirmed.Add(affected.Vertex, judgement);
                if (!judgement && affected.Reasons.All(static r => r.Dependency.Kind == DependencyKind.Inlined) && _affected[unit].Any(SharesBody))
                {
                    _independent.Add(affected.Vertex);
                }
            }
        }
    }

    /// <summary>The answer over all units.</summary>
    public ExactImpact Build() => new()
    {
        Function = _impact.Function,
        InexactBecause = [.. _causes.OrderBy(c => c.Object, Utf8Order.Instance).ThenBy(c => c.Cause, Utf8Order.Instance)],
        Facts = [.. _facts.OrderBy(f => f.Vertex)],
        Decisions = [.. _decisions.OrderBy(d => d.Vertex)],
        Confirmed = _confirmed.ToImmutable(),
        Independent = _independent.ToImmutable(),
        UnsafeCallees = [.. _callees.OrderBy(c => c.Object, Utf8Order.Instance).ThenBy(c => c.Symbol, Utf8Order.Instance)],
        FoldedVariables = [.. _variables.OrderBy(v => v.Object, Utf8Order.Instance).ThenBy(v => v.Variable, Utf8Order.Instance)],
    };

    private void AddDependants(int unit, ImmutableArray<FunctionAnswer.Dependant> dependants, DependencyKind kind, List<ExactDependant> found)
    {
        var from = _instances[unit].OrderBy(v => _graph.EntryOf(v).AliasOf >= 0).First();
        foreach (var dependant in dependants)
        {
            if (_graph.FindVertex(unit, Encoding.UTF8.GetBytes(dependant.Symbol)) is >= 0 and var vertex)
            {
                found.Add(new ExactDependant(vertex, [new Reason(new Dependency(kind, dependant.Pass), from)], dependant.Difference) { IsShown = dependant.IsShown });
            }
            else
            {
                _causes.Add(new InexactCause(_graph.Units[unit].Object, InexactCauses.OtherCode($"its files do not tell of {dependant.Symbol}")));
            }
        }
    }

    /// <summary>Whether the compiler agrees that an affected vertex depends on the function; null where it cannot tell.</summary>
    private bool? Judge(AffectedFunction affected, FunctionAnswer answer)
    {
        var symbol = _graph.SymbolOf(affected.Vertex);
        if (answer.Different.Contains(symbol))
        {
            return true;
        }

        // Where the code lies cannot be seen in the code; a clone of another function needs a new route, whatever the code.
        if (affected.Reasons.All(IsRouteOrPlace))
        {
            return null;
        }

        // A clone is gone with the body; a function of the source without code in both compiles shows nothing.
        return answer.Same.Contains(symbol) ? false : _graph.IsEmitted(affected.Vertex) == true && !_graph.IsInstance(affected.Vertex) ? true : null;
    }

    /// <summary>The functions of a unit that do not come to some vertices by calls, nor by an address that may be any function's.</summary>
    private IEnumerable<int> ApartFrom(int unit, IEnumerable<int> vertices)
    {
        var summary = _graph.Units[unit].Summary;
        if (!summary.HasCallGraph)
        {
            return [];
        }

        var first = _graph.VertexOf(unit, 0);
        var callers = summary.CallEdges.ToLookup(c => c.Callee, c => c.Caller);
        var coming = vertices.Select(v => v - first).ToHashSet();
        var open = new Stack<int>(coming);
        while (open.TryPop(out var function))
        {
            foreach (var caller in callers[function].Where(coming.Add))
            {
                open.Push(caller);
            }
        }

        return Enumerable.Range(0, summary.Functions.Length).Where(f => !coming.Contains(f)).Select(f => first + f);
    }

    /// <summary>Where a vertex stands that may be a nested function; null for others, and where it is not known.</summary>
    private NestedFunction? NestedOf(int vertex) =>
        _graph.SymbolOf(vertex) is var symbol && SymbolName.NestedName(symbol) is not null
        && _graph.SourceFunctionOf(vertex) is >= 0 and var function && _graph.SourceFunctions[function] is { Line: > 0 } place
            ? new NestedFunction(symbol, place.Line, place.Column)
            : null;

    private bool SharesBody(AffectedFunction affected) =>
        affected.Reasons.Any(r => r.Dependency.Kind == DependencyKind.SharedBody && _impact.Instances.Contains(r.From));

    private static bool IsClone(AffectedFunction affected) => affected.Reasons.Any(r => r.Dependency.Kind == DependencyKind.Cloned);

    private bool IsRouteOrPlace(Reason reason) => reason.Dependency.Kind switch
    {
        DependencyKind.SharedBody => true,
        DependencyKind.CallsClone => _graph.SourceFunctionOf(reason.From) != _impact.Function,
        _ => false,
    };

    /// <summary>What was inlined into vertices, directly or by way of others.</summary>
    private HashSet<int> HeldBy(IEnumerable<int> instances)
    {
        var held = new HashSet<int>();
        var open = new Stack<int>(instances);
        while (open.TryPop(out var vertex))
        {
            var sources = _graph.Edges.Sources(vertex);
            for (var i = 0; i < sources.Length; i++)
            {
                if (_graph.DependencyOf(_graph.Edges.InTag(vertex, i)).Kind == DependencyKind.Inlined
                    && !_impact.Instances.Contains(sources[i])
                    && held.Add(sources[i]))
                {
                    open.Push(sources[i]);
                }
            }
        }

        return held;
    }
}
