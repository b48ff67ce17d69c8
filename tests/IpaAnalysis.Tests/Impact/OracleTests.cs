using System.Diagnostics;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Outputs;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Tests.Dumps;
using IpaAnalysis.Tests.Properties;

namespace IpaAnalysis.Tests.Impact;

/// <summary>The answers against <see cref="Oracle"/>: affected functions, every reason, and what must be patched.</summary>
internal sealed class OracleTests
{
    [Test]
    public void Random_objects([Range(0, 9)] int hundred)
    {
        var lines = 0;
        PropertyCheck.Holds(100, RandomUnit.All, RandomUnit.Smaller, unit =>
        {
            var text = unit.ToText();
            var oracle = new Oracle(text.Dump, text.HasCallGraph ? text.CallGraph : null, text.FoldingRecord, text.HasSymbolTable ? text.Object : null);
            lines += Compare(text.ToGraph(), oracle, "");
        }, seed: (ulong)hundred);

        Assert.That(lines, Is.GreaterThan(5000));
    }

    [Test]
    public void The_dumps_kept_in_the_project()
    {
        var entries = 0;
        foreach (var dump in DumpFixtures.Files("*.ipa-clones"))
        {
            var stem = dump[..dump.LastIndexOf(".c.", StringComparison.Ordinal)];
            entries += CompareFiles(
                dump, stem + ".ci", stem + ".o", Directory.EnumerateFiles(Path.GetDirectoryName(dump)!, Path.GetFileName(stem) + ".c.*.icf").SingleOrDefault());
        }

        Assert.That(entries, Is.GreaterThan(2000));
    }

    [Test]
    public void Objects_of_the_corpus()
    {
        var corpus = Tools.RequireCorpus();
        // Every object, unless time runs out: then those of the whole tree alike.
        var dumps = Directory.EnumerateFiles(corpus, "*.ipa-clones", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        var watch = Stopwatch.StartNew();
        var (entries, objects) = (0, 0);
        for (var i = 0; i < dumps.Length && watch.Elapsed < TimeSpan.FromSeconds(45); i++)
        {
            var dump = dumps[(int)(i * 7919L % dumps.Length)];
            var stem = dump[..dump.LastIndexOf(".c.", StringComparison.Ordinal)];
            entries += CompareFiles(dump, stem + ".ci", stem + ".o", null);
            objects++;
        }

        TestContext.Out.WriteLine($"{objects} of {dumps.Length} objects, {entries} lines of answers, {watch.Elapsed.TotalSeconds:F1} s");
        Assert.That(entries, Is.Positive);
    }

    private static int CompareFiles(string dump, string calls, string file, string? folding)
    {
        var unit = new Unit
        {
            Object = "unit.o",
            DumpPath = dump,
            CallGraphPath = File.Exists(calls) ? calls : null,
            ObjectPath = File.Exists(file) ? file : null,
            FoldingRecordPath = folding,
            Paths = new SourcePathMap([]),
        };
        var oracle = new Oracle(
            File.ReadAllBytes(dump),
            unit.CallGraphPath is null ? null : File.ReadAllBytes(calls),
            folding is null ? null : File.ReadAllBytes(folding),
            unit.ObjectPath is null ? null : File.ReadAllBytes(file));
        var graph = DependencyGraph.Build([new GraphUnit("unit.o", SummaryReader.Read(unit), static path => path)]);
        return Compare(graph, oracle, $"{Path.GetFileName(dump)}, ");
    }

    private static int Compare(DependencyGraph graph, Oracle oracle, string which)
    {
        // QuikGraph's search answers questions, an own walk those about every function of a program.
        var (analyzer, ofAll) = (new ImpactAnalyzer(graph), ImpactAnalyzer.ForAllFunctions(graph));
        var lines = 0;
        for (var function = 0; function < graph.SourceFunctions.Length; function++)
        {
            var impact = analyzer.Analyze(function);
            string[] instances = [.. impact.Instances.Select(graph.SymbolOf)];
            string[] expected = [.. oracle.Answer(instances).Order(StringComparer.Ordinal)];
            string[] actual = [.. Lines(graph, impact).Order(StringComparer.Ordinal)];
            Assert.That(Lines(graph, ofAll.Analyze(function)), Is.EqualTo(Lines(graph, impact)));
            if (!actual.SequenceEqual(expected))
            {
                Assert.That(actual, Is.EqualTo(expected), $"{which}{graph.SourceFunctions[function]}: {string.Join(' ', instances)}");
            }

            lines += actual.Length;
        }

        return lines;
    }

    private static IEnumerable<string> Lines(DependencyGraph graph, FunctionImpact impact) =>
    [
        .. impact.Affected.Select(a => $"{graph.SymbolOf(a.Vertex)}: {string.Join(", ", a.Reasons.Select(r => $"{KindNames.Of(r.Dependency.Kind)} {r.Dependency.Pass} {graph.SymbolOf(r.From)}"))}"),
        .. impact.FunctionsToPatch.Select(v => $"patch {graph.SymbolOf(v)}"),
    ];
}
