using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Outputs;

namespace IpaAnalysis.Tests;

/// <summary>What patching a function affects, as words to compare; symbols of the only object, else object!symbol.</summary>
internal sealed class Answer
{
    private Answer(DependencyGraph graph, FunctionImpact impact)
    {
        string Name(int vertex) => graph.Units.Length == 1
            ? graph.SymbolOf(vertex)
            : $"{graph.Units[graph.UnitOf(vertex)].Object}!{graph.SymbolOf(vertex)}";
        Instances = [.. impact.Instances.Select(Name)];
        FunctionsToPatch = [.. impact.FunctionsToPatch.Select(Name)];
        Affected = impact.Affected.ToDictionary(
            a => Name(a.Vertex),
            a => a.Reasons.Select(r => $"{KindNames.Of(r.Dependency.Kind)} {r.Dependency.Pass} {graph.SymbolOf(r.From)}").ToArray());
    }

    public string[] Instances { get; }

    public string[] FunctionsToPatch { get; }

    /// <summary>For each affected function its reasons: kind, pass and from.</summary>
    public Dictionary<string, string[]> Affected { get; }

    /// <summary>The answer for a name that must mean one function.</summary>
    public static Answer Of(DependencyGraph graph, string name) => new(graph, Impact(graph, name));

    public static FunctionImpact Impact(DependencyGraph graph, string name)
    {
        var diagnostics = new DiagnosticBag();
        var functions = new FunctionResolver(graph).Resolve(new FunctionQuery(name), diagnostics);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(functions, Has.Count.EqualTo(1));
        return new ImpactAnalyzer(graph).Analyze(functions[0]);
    }
}
