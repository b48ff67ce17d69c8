using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Verdicts;

internal sealed class AnalysisTests
{
    private static readonly DependencyGraph s_graph = DependencyGraph.Build([
        new UnitText("a.o") { Source = "a.c" }.Inline("f", "g").Inline("f", "g").Inline("g", "h").Global("f", "g", "h", "alone").Call("alone", "f").Call("h", "out").ToUnit(),
        new UnitText("b.o") { Source = "b.c" }.Clone("k", "k.isra.0", "isra").Static("k.isra.0").Global("m").Call("m", "k.isra.0").ToUnit(),
    ]);

    [Test]
    public void The_scope_is_patched_if_there_are_patched_functions_else_the_index()
    {
        var patched = Run(null, "f", "g", "alone");
        var index = Run(null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched.Scope, Is.EqualTo(ManifestScope.Patched));
            Assert.That(Names(patched), Is.EqualTo(["alone", "f", "g"]), "one that nothing depends on is told of too");
            Assert.That(patched.Index, Is.Empty);
            Assert.That(patched.Totals, Is.EqualTo(new AnalysisTotals(2, 7, 3, 3, 3, 2, 4)), "g and h count once");
            Assert.That(index.Scope, Is.EqualTo(ManifestScope.Index));
            Assert.That(index.PatchedFunctions, Is.Empty);
            Assert.That(index.Index.Select(r => (r.Function.Name, r.InstanceCount, r.AffectedCount, r.FunctionsToPatchCount)),
                Is.EqualTo([("f", 1, 2, 3), ("g", 1, 1, 2), ("k", 1, 2, 1)]));
            Assert.That(index.Totals, Is.EqualTo(new AnalysisTotals(2, 7, 3, 3, 0, 0, 0)));
        }
    }

    [Test]
    public void All_is_the_index_in_full_and_can_be_asked_twice()
    {
        var all = Run(ManifestScope.All, "alone");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Names(all), Is.EqualTo(["f", "g", "k"]));
            Assert.That(Names(all), Is.EqualTo(["f", "g", "k"]));
            Assert.That(all.Totals, Is.EqualTo(new AnalysisTotals(2, 7, 3, 3, 3, 4, 4)));
        }
    }

    [Test]
    public void Findings_are_sorted_distinct_and_decide_completeness()
    {
        Diagnostic[] earlier =
        [
            DiagnosticCatalog.StaleUnit.At("/base/z.o", 0, "later"),
            DiagnosticCatalog.DumpLine.At("/base/b", 2, "second"),
            DiagnosticCatalog.DumpLine.At("/base/b", 1, "first"),
            DiagnosticCatalog.DumpLine.At("/base/b", 1, "first"),
            DiagnosticCatalog.DumpLine.At("nowhere"),
        ];
        var result = Run(null, earlier);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings.Select(f => (f.Diagnostic.Code, f.File, f.Diagnostic.Message)), Is.EqualTo([
                ("IPA2013", "z.o", "later"), ("IPA3001", null, "nowhere"), ("IPA3001", "b", "first"), ("IPA3001", "b", "second"),
            ]));
            Assert.That(result.Complete, Is.False);
            Assert.That(Run(null, earlier[0]).Complete, Is.False, "a stale unit is about the older source");
            Assert.That(Run(null, DiagnosticCatalog.UnclaimedDump.At("/base/z.ipa-clones", 0, "nobody's")).Complete, Is.True, "a dump of no unit says nothing of the units");
            Assert.That(Run(null, "nothing_like_it").Findings.Single().Diagnostic.Code, Is.EqualTo("IPA4001"));
        }
    }

    [Test]
    public void Dumps_alone_leave_an_unknown_name_open()
    {
        var graph = new UnitText { HasCallGraph = false, HasSymbolTable = false }.Inline("f", "g").ToGraph();
        var result = Run(graph, null, [], "missing");
        Assert.That(result.Findings.Single().Diagnostic.Code, Is.EqualTo("IPA4002"));
        Assert.That(result.Complete, Is.False);
    }

    [Test]
    public void Blind_spots_of_many_objects_are_listed_up_to_a_limit()
    {
        var graph = DependencyGraph.Build(Enumerable.Range(0, 50).Select(i => new UnitText($"{i:00}.o") { Source = $"{i}.c", HasSymbolTable = false }.Inline($"f{i}", $"g{i}").ToUnit()));
        var result = Run(graph, null, []);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Findings, Has.Length.EqualTo(21));
            Assert.That(result.Findings.Select(f => f.Diagnostic.Message), Has.One.Contains("30 more"));
        }
    }

    [Test]
    public void Cancelling_ends_it() =>
        Assert.That(
            () => Analysis.Run(s_graph, new AnalysisOptions { NormalizePath = p => p }, [], new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());

    private static string[] Names(AnalysisResult result) =>
        [.. result.PatchedFunctions.Select(p => Encoding.UTF8.GetString(result.Names.WordsOf(p.Function).Name))];

    private static AnalysisResult Run(ManifestScope? scope, params Diagnostic[] earlier) => Run(s_graph, scope, earlier);

    private static AnalysisResult Run(ManifestScope? scope, params string[] patched) => Run(s_graph, scope, [], patched);

    private static AnalysisResult Run(ManifestScope? scope) => Run(s_graph, scope, []);

    private static AnalysisResult Run(DependencyGraph graph, ManifestScope? scope, Diagnostic[] earlier, params string[] patched) => Analysis.Run(
        graph,
        new AnalysisOptions
        {
            Scope = scope,
            PatchedFunctions = [.. patched.Select(p => new FunctionQuery(p))],
            NormalizePath = path => path.Replace("/base/", "", StringComparison.Ordinal),
        },
        earlier,
        CancellationToken.None);
}
