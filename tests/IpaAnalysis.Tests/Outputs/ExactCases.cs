using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Outputs;

/// <summary>Results with an answer of the compiler that is made by hand.</summary>
internal static class ExactCases
{
    /// <summary>f is inlined into g, which relies on it or not; calls tell nothing of `user` and `other`.</summary>
    public static DependencyGraph Graph(string name = "a.o") => DependencyGraph.Build([Unit(name).ToUnit()]);

    public static UnitText Unit(string name) => new UnitText(name) { Source = "a.c" }
        .Inline("f", "g").Clone("f", "f.isra.0", "isra").Static("f.isra.0").Global("f", "g", "user", "other").Call("g", "f.isra.0");

    /// <summary>An answer of each part, for the function of the graph's first unit.</summary>
    public static ExactImpact Answer(DependencyGraph graph, FunctionImpact impact) => new()
    {
        Function = impact.Function,
        InexactBecause = [new(null, "Said of all."), new("a.o", "No command.")],
        Facts = [Dependant(graph, "user", DependencyKind.Fact, "combination", "ipa-ra")],
        Decisions = [Dependant(graph, "other", DependencyKind.Decision, "inline")],
        Confirmed = ImmutableDictionary<int, bool>.Empty.Add(Vertex(graph, "g"), false),
        UnsafeCallees = [new("a.o", "low.isra.0", "low", "its argument is always 3", "ipa-vrp")],
        FoldedVariables = [new("a.o", "limit", ["g", "user"], []), new("a.o", "state", [], ["other"])],
    };

    public static ExactDependant Dependant(DependencyGraph graph, string symbol, DependencyKind kind, params string[] passes) => new(
        Vertex(graph, symbol), [.. passes.Select(p => new Reason(new Dependency(kind, p), Vertex(graph, "f")))], "-\tmovl\t%eax, %edi\n+\tmovl\t%ebx, %edi\n");

    public static int Vertex(DependencyGraph graph, string symbol, int unit = 0) => graph.FindVertex(unit, Encoding.UTF8.GetBytes(symbol));

    public static AnalysisResult Run(
        DependencyGraph graph, string name, Func<DependencyGraph, FunctionImpact, ExactImpact>? answer, ManifestScope scope = ManifestScope.Patched) => Analysis.Run(
        graph,
        new AnalysisOptions
        {
            Scope = scope,
            PatchedFunctions = [new FunctionQuery(name, AllMatches: true)],
            Exact = answer is null ? null : new StatedImpact(answer),
            NormalizePath = p => p,
        },
        [],
        CancellationToken.None);
}
