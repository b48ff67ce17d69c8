using System.Collections.Immutable;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Tests.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Verdicts;

/// <summary>The index that is added up from units against the one that a graph over all of them gives.</summary>
internal sealed class ProgramIndexTests
{
    [Test]
    public void Random_objects()
    {
        var rows = 0;
        for (var group = 0; group < 12; group++)
        {
            using var tree = new StoreTree();
            for (var i = 0; i < 8; i++)
            {
                tree.Add(RandomUnit.Of((50 * group) + i, $"u{i}.o"));
            }

            using var store = tree.Open();
            var source = new GraphSource(tree.Units, store);
            var cache = Path.Combine(tree.StoreDirectory, "index.state");
            rows += AssertSame(source, null);
            AssertSame(source, cache);
            AssertSame(source, cache);
        }

        Assert.That(rows, Is.GreaterThan(300));
    }

    [Test]
    public void Objects_of_the_corpus()
    {
        var corpus = Tools.RequireCorpus();
        var tree = TreeCollector.Collect(new TreeOptions { Directory = corpus, Threads = 2, Roots = [] }, CancellationToken.None);
        var units = UnitSet.Merge(new UnitGroup("corpus", tree.Units)).Units;
        AssertSame(new GraphSource(units, new SummaryList(SummaryReader.ReadAll(units, 2, CancellationToken.None))), null);
    }

    [Test]
    public void Only_changed_units_are_looked_at_again()
    {
        using var tree = new StoreTree();
        for (var i = 0; i < 5; i++)
        {
            tree.Add(RandomUnit.Of(i, $"u{i}.o"));
        }

        // Two objects that say the same, and one that says nothing.
        tree.Add(RandomUnit.Of(1, "same.o")).Add(new UnitText("empty.o")).Add(new UnitText("void.o"));
        var cache = Path.Combine(tree.Directory, "index.state");
        Assert.That(Loads(), Is.EqualTo(8));
        var written = File.GetLastWriteTimeUtc(cache);
        Assert.That(Loads(), Is.Zero);
        Assert.That(File.GetLastWriteTimeUtc(cache), Is.EqualTo(written));
        tree.Add(RandomUnit.Of(77, "u2.o"));
        Assert.That(Loads(), Is.EqualTo(1));
        var content = File.ReadAllBytes(cache);
        for (var offset = 0; offset < content.Length; offset += Math.Max(1, content.Length / 60))
        {
            File.WriteAllBytes(cache, [.. content[..offset], (byte)(content[offset] ^ 1), .. content[(offset + 1)..]]);
            Assert.That(Loads(), Is.EqualTo(8), $"byte {offset} is damaged");
            File.WriteAllBytes(cache, content[..offset]);
            Assert.That(Loads(), Is.EqualTo(8), $"cut at {offset}");
        }

        File.Delete(cache);
        Directory.CreateDirectory(cache);
        Assert.That(Loads(), Is.EqualTo(8), "it cannot be kept");

        int Loads()
        {
            using var store = tree.Open();
            var counting = new CountingSource(store);
            AssertSame(new GraphSource(tree.Units, counting), cache, new GraphSource(tree.Units, store));
            return counting.Loads;
        }
    }

    [Test]
    public void A_few_changed_units_are_looked_at_again_rather_than_all_written()
    {
        using var tree = new StoreTree();
        for (var i = 0; i < 130; i++)
        {
            tree.Add(RandomUnit.Of(i % 7, $"u{i:000}.o"));
        }

        var cache = Path.Combine(tree.Directory, "index.state");
        for (var i = 0; i < 130; i++)
        {
            // Each says something of its own, or all of one kind would share an entry.
            File.AppendAllText(tree.PathOf($"u{i:000}.o", "ci"), $"node: {{ title: \"own{i}\" label: \"own{i}\\nu.c:{i + 1}:1\" }}\n");
        }

        AssertLoads(130);
        var written = File.GetLastWriteTimeUtc(cache);
        tree.Add(RandomUnit.Of(900, "u005.o"));
        AssertLoads(1);
        AssertLoads(1);
        Assert.That(File.GetLastWriteTimeUtc(cache), Is.EqualTo(written));
        tree.Add(RandomUnit.Of(901, "u006.o")).Add(RandomUnit.Of(902, "u007.o"));
        AssertLoads(3);
        Assert.That(File.GetLastWriteTimeUtc(cache), Is.Not.EqualTo(written));
        AssertLoads(0);

        void AssertLoads(int expected)
        {
            using var store = tree.Open();
            var counting = new CountingSource(store);
            AssertSame(new GraphSource(tree.Units, counting), cache, new GraphSource(tree.Units, store));
            Assert.That(counting.Loads, Is.EqualTo(expected));
        }
    }

    private static int AssertSame(GraphSource source, string? cache, GraphSource? other = null)
    {
        var options = new AnalysisOptions { Scope = ManifestScope.Index, NormalizePath = p => p, IndexCacheFile = cache, Threads = 2 };
        var result = Analysis.Run(source, options, [], CancellationToken.None);
        var graph = (other ?? source).BuildGraph();
        var diagnostics = new DiagnosticBag();
        var expected = Index(graph, diagnostics);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Index, Is.EqualTo(expected));
            Assert.That(
                result.Findings.Select(f => f.Diagnostic.Message).Order(StringComparer.Ordinal),
                Is.EqualTo(diagnostics.Concat(graph.Units.SelectMany(u => u.Summary.Diagnostics)).Distinct().Select(d => d.Message).Order(StringComparer.Ordinal)));
        }

        return result.Index.Count;
    }

    private static ImmutableArray<IndexRow> Index(DependencyGraph graph, DiagnosticBag diagnostics)
    {
        var analyzer = ImpactAnalyzer.ForAllFunctions(graph);
        var blindSpots = new BlindSpots(graph);
        var rows = ImmutableArray.CreateBuilder<IndexRow>();
        for (var function = 0; function < graph.SourceFunctions.Length; function++)
        {
            var impact = analyzer.Analyze(function);
            if (impact.Affected.Count > 0)
            {
                blindSpots.Add(impact);
                rows.Add(new IndexRow(graph.SourceFunctions[function], impact.Instances.Count, impact.Affected.Count, impact.FunctionsToPatch.Count));
            }
        }

        blindSpots.Report(diagnostics);
        return rows.DrainToImmutable();
    }

    /// <summary>Counts what is loaded.</summary>
    private sealed class CountingSource(SummaryStore store) : ISummarySource
    {
        private int _loads;

        public int Loads => _loads;

        public int Count => store.Count;

        public UnitFacts FactsOf(int unit) => store.FactsOf(unit);

        public Digest128? KeyOf(int unit) => store.KeyOf(unit);

        public IReadOnlyList<int> UnitsNaming(ReadOnlySpan<byte> name) => store.UnitsNaming(name);

        public ObjectSummary Load(int unit)
        {
            Interlocked.Increment(ref _loads);
            return store.Load(unit);
        }
    }
}
