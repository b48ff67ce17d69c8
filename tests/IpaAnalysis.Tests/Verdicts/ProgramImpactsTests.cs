using System.Security.Cryptography;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Outputs;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Tests.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Verdicts;

/// <summary>Scope <c>all</c>, put together from units, against the manifest that a graph over all of them gives.</summary>
internal sealed class ProgramImpactsTests
{
    private static readonly AnalysisOptions s_options = new() { Scope = ManifestScope.All, NormalizePath = Path.GetFileName };

    [Test]
    public void Random_objects([Range(0, 5)] int group)
    {
        using var tree = new StoreTree();
        for (var i = 0; i < 14; i++)
        {
            tree.Add(RandomUnit.Of((100 * group) + i, $"u{i}.o"));
        }

        using var store = tree.Open();
        var source = new GraphSource(tree.Units, store);
        AssertSame(source, 1, 2, 5);
        Assert.That(Analyze(source, 2).PatchedFunctions, Has.Count.GreaterThan(20));
    }

    [Test]
    public void Functions_of_headers_are_one_however_many_objects_hold_them()
    {
        // The same lines of the same file in each; the last object copies none of it.
        using var tree = new StoreTree();
        for (var i = 0; i < 40; i++)
        {
            tree.Add(new UnitText($"u{i:00}.o") { Source = "h.h", HasCallGraph = i % 9 != 0, HasSymbolTable = i % 7 != 0 }
                .Inline("f", "g").Clone("g", "g.constprop.0", "constprop").Static("f", "g", "g.constprop.0", $"own{i}").Inline("f", $"own{i}"));
        }

        tree.Add(new UnitText("z.o") { Source = "h.h" }.Static("f"));
        using var store = tree.Open();
        var source = new GraphSource(tree.Units, store);
        AssertSame(source, 1, 3);
        var result = Analyze(source, 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.PatchedFunctions.Select(p => p.Instances.Count), Is.EqualTo([41, 40]), "f and g");
            Assert.That(result.PatchedFunctions[0].Affected, Has.Count.EqualTo(120));
        }
    }

    [Test]
    public void Nothing_depends_on_anything([Values("", "f")] string function)
    {
        using var tree = new StoreTree();
        if (function.Length > 0)
        {
            tree.Add(new UnitText("a.o").Static(function)).Add(new UnitText("b.o"));
        }

        using var store = tree.Open();
        AssertSame(new GraphSource(tree.Units, store), 1, 2);
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
        var expected = Hash(WholeGraph.Analyze(source, s_options, []), 1);
        Assert.That(Hash(Analyze(source, 1), 1), Is.EqualTo(expected));
        Assert.That(Hash(Analyze(source, 2), 4), Is.EqualTo(expected));
    }

    [Test]
    public void Looking_at_units_can_be_cancelled()
    {
        var source = new GraphSource(new UnitText().Inline("f", "g").ToGraph());
        Assert.That(
            () => Analysis.Run(source, s_options, [], new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Writing_ends_when_it_is_cancelled_or_the_disk_is_full([Values(1, 3)] int threads)
    {
        var result = Analyze(new GraphSource(DependencyGraph.Build(Enumerable.Range(0, 200).Select(i => new UnitText($"{i}.o") { Source = $"{i}.c" }.Inline("f", "g").ToUnit()))), 2);
        var settings = new ManifestSettings { Threads = threads };
        Assert.That(
            () => ManifestWriter.Write(result, settings with { Cancellation = new CancellationToken(canceled: true) }, Stream.Null),
            Throws.InstanceOf<OperationCanceledException>());

        using var full = new MemoryStream(new byte[20_000]);
        Assert.That(() => ManifestWriter.Write(result, settings, full), Throws.InstanceOf<NotSupportedException>());
        Assert.That(full.Position, Is.GreaterThan(1000), "some functions were written before");
    }

    private static void AssertSame(GraphSource source, params int[] threads)
    {
        var expected = ManifestText.Of(WholeGraph.Analyze(source, s_options, []));
        foreach (var count in threads)
        {
            using var stream = new MemoryStream();
            ManifestWriter.Write(Analyze(source, count), new ManifestSettings { Threads = count }, stream);
            Assert.That(System.Text.Encoding.UTF8.GetString(stream.ToArray()), Is.EqualTo(expected), $"{count} threads");
        }
    }

    private static AnalysisResult Analyze(GraphSource source, int threads) =>
        Analysis.Run(source, s_options with { Threads = threads }, [], CancellationToken.None);

    private static string Hash(AnalysisResult result, int threads)
    {
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        {
            ManifestWriter.Write(result, new ManifestSettings { Threads = threads }, stream);
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }
}
