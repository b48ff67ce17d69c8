using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Tests.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Impact;

/// <summary>The graph over the units that hold the functions asked for answers as the graph over all does.</summary>
internal sealed class QueryGraphTests
{
    [Test]
    public void Random_objects([Range(0, 3)] int group)
    {
        using var tree = new StoreTree();
        string[] unusual = ["external", "f99", "f", "", "f1x"];
        for (var i = 0; i < 12; i++)
        {
            var text = RandomUnit.Of((100 * group) + i, $"dir{i % 3}_u{i}.o");
            tree.Add(text);
        }

        using var store = tree.Open();
        var source = new GraphSource(tree.Units, store);
        var full = source.BuildGraph();
        var random = new Random(group);
        string[] symbols = [.. Enumerable.Range(0, full.VertexCount).Select(full.SymbolOf).Distinct()];
        random.Shuffle(symbols);
        var answers = 0;
        foreach (var name in unusual.Concat(symbols.Take(40)).Select(n => random.Next(5) switch { 0 => $"{n}.cold", 1 => $"{n}.localalias", _ => n }))
        {
            FunctionQuery[] queries =
            [
                new(name),
                new(name, AllMatches: true),
                new(name, SourceFile: "unit.c", Line: random.Next(6), AllMatches: true),
                new(name, Object: "u1.o"),
                new(name, Object: $"dir1_u{random.Next(12)}.o", AllMatches: true),
            ];
            foreach (var query in queries)
            {
                var options = new AnalysisOptions { Scope = ManifestScope.Patched, PatchedFunctions = [query], NormalizePath = p => p };
                var lazy = Analysis.Run(source, options, [], CancellationToken.None);
                var expected = ManifestText.Of(Analysis.Run(full, options, [], CancellationToken.None));
                Assert.That(ManifestText.Of(lazy), Is.EqualTo(expected), query.ToString());
                answers += lazy.PatchedFunctions.Count;
            }
        }

        Assert.That(answers, Is.GreaterThan(50));
    }

    [Test]
    public void Objects_of_the_corpus()
    {
        var corpus = Tools.RequireCorpus();
        var tree = TreeCollector.Collect(new TreeOptions { Directory = corpus, Threads = 2, Roots = [] }, CancellationToken.None);
        var units = UnitSet.Merge(new UnitGroup("corpus", tree.Units)).Units;
        using var directory = new TemporaryTree();
        using var store = SummaryStore.Open(
            new SummaryStoreOptions { IndexFile = directory["summaries.state"], Threads = 2 }, units, [.. units.Select(UnitFiles.Of)], CancellationToken.None);
        var source = new GraphSource(units, store);
        var full = source.BuildGraph();
        var random = new Random(1);
        for (var i = 0; i < 30; i++)
        {
            var name = i % 2 == 0
                ? full.SymbolOf(random.Next(full.VertexCount))
                : full.SourceFunctions[random.Next(full.SourceFunctions.Length)].Name;
            var options = new AnalysisOptions
            {
                PatchedFunctions = [new FunctionQuery(i % 20 == 0 ? $"{name}q" : name, AllMatches: i % 3 != 0)],
                NormalizePath = p => p,
            };
            Assert.That(
                ManifestText.Of(Analysis.Run(source, options, [], CancellationToken.None)),
                Is.EqualTo(ManifestText.Of(Analysis.Run(full, options, [], CancellationToken.None))),
                name);
        }
    }

    [Test]
    public void Units_that_hold_none_of_the_functions_are_not_loaded()
    {
        var summaries = new CountingSource([
            new UnitText("a.o").Inline("f", "g").Global("g").Read(),
            new UnitText("b.o").Inline("h", "i").Global("i").Call("i", "f").Read(),
            new UnitText("c.o").Inline("k", "f").Global("f").Read(),
        ]);
        var source = new GraphSource(Units("a.o", "b.o", "c.o"), summaries);
        var result = Analysis.Run(
            source, new AnalysisOptions { PatchedFunctions = [new("f", AllMatches: true)], NormalizePath = p => p }, [], CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(summaries.Loaded, Is.EqualTo([0, 2]));
            Assert.That(result.Totals.Objects, Is.EqualTo(3));
            Assert.That(result.Totals.CloneEdges, Is.EqualTo(3));
            Assert.That(result.Graph.Units, Has.Length.EqualTo(2));
        }
    }

    private static Unit[] Units(params string[] objects) =>
        [.. objects.Select(o => new Unit { Object = o, Paths = new SourcePathMap([]) })];

    /// <summary>Tells by their hashes which units name a function, as the store does, and notes which are loaded.</summary>
    private sealed class CountingSource(ObjectSummary[] summaries) : ISummarySource
    {
        private readonly SummaryList _list = new(summaries);
        private readonly NameIndex _names = new([.. summaries.Select(s => new StoredUnit
        {
            Stamp = default,
            Key = default,
            File = null,
            Offset = 0,
            Length = 0,
            Facts = UnitFacts.Of(s),
            Names = NameIndex.HashesOf(s),
        })]);

        public SortedSet<int> Loaded { get; } = [];

        public int Count => _list.Count;

        public UnitFacts FactsOf(int unit) => _list.FactsOf(unit);

        public IReadOnlyList<int> UnitsNaming(ReadOnlySpan<byte> name) => _names.UnitsNaming(name);

        public ObjectSummary Load(int unit)
        {
            Loaded.Add(unit);
            return _list.Load(unit);
        }
    }
}
