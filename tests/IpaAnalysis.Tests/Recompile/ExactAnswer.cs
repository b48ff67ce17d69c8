using IpaAnalysis.Graph;
using IpaAnalysis.Outputs;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>What compiling again told of a function, as words to compare.</summary>
internal sealed class ExactAnswer(DependencyGraph graph, ExactImpact impact)
{
    /// <summary>Symbol and pass of each dependant by a fact.</summary>
    public string[] Facts => [.. impact.Facts.Select(f => Words(graph, f))];

    /// <summary>Symbols of the dependants by a fact that the manifest says are confirmed.</summary>
    public string[] ConfirmedFacts => [.. impact.Facts.Where(f => new Confirmations(impact).Of(f.Vertex) == true).Select(f => graph.SymbolOf(f.Vertex))];

    /// <summary>The same for what rests on a decision only.</summary>
    public string[] Decisions => [.. impact.Decisions.Select(f => Words(graph, f))];

    public string[] Differences => [.. impact.Facts.Concat(impact.Decisions).Select(f => f.Difference)];

    public string[] Causes => [.. impact.InexactBecause.Select(c => c.Cause)];

    public Dictionary<string, bool> Confirmed => impact.Confirmed.ToDictionary(c => graph.SymbolOf(c.Key), c => c.Value);

    /// <summary>Symbol and pass of each callee that must not be called.</summary>
    public string[] UnsafeCallees => [.. impact.UnsafeCallees.Select(c => $"{c.Symbol} {c.Pass}")];

    public string[] FoldedVariables => [.. impact.FoldedVariables.Select(v => $"{v.Variable} r:{string.Join(',', v.Readers)} w:{string.Join(',', v.Writers)}")];

    /// <summary>Symbols that depend on it, by a fact or as the dumps show and the compiler judged.</summary>
    public string[] Affected => [.. impact.Facts.Select(f => graph.SymbolOf(f.Vertex)).Union(Confirmed.Keys).Order(StringComparer.Ordinal)];

    /// <summary>All of the answer.</summary>
    public string Text => string.Join('\n',
        [.. Facts, "decisions:", .. Decisions, "causes:", .. Causes, "confirmed:", .. Confirmed.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}"), "callees:", .. UnsafeCallees, "variables:", .. FoldedVariables]);

    private static string Words(DependencyGraph graph, ExactDependant dependant) =>
        $"{graph.SymbolOf(dependant.Vertex)} {string.Join('+', dependant.Reasons.Select(r => r.Dependency.Pass))}";
}
