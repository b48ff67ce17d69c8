using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files.State;
using IpaAnalysis.Sessions;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Store;

namespace IpaAnalysis.Tests.Summaries.Store;

/// <summary>What the store reads again, and that its answers are always those of reading everything.</summary>
internal sealed class StoreUpdateTests
{
    private StoreTree _tree = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new StoreTree();
        for (var i = 0; i < 6; i++)
        {
            _tree.Add(RandomUnit.Of(40 + i, $"{(char)('a' + i)}.o"));
        }

        Assert.That(_tree.Update(), Has.Length.EqualTo(6).And.All.EndsWith("New!"));
    }

    [TearDown]
    public void TearDown()
    {
        _tree.MustAnswerAsClean();
        _tree.Dispose();
    }

    [Test]
    public void Nothing_changed()
    {
        var before = Snapshot();
        Assert.That(_tree.Update(), Is.Empty);
        Assert.That(Snapshot(), Is.EqualTo(before), "nothing is written");
    }

    [TestCase("ipa-clones", "DumpChanged")]
    [TestCase("ci", "CallGraphChanged")]
    [TestCase("elf", "ObjectChanged")]
    public void One_file_changed(string extension, string reason)
    {
        _tree.Add(RandomUnit.Of(99, "c.o"));
        File.AppendAllText(_tree.PathOf("b.o", extension), "x");
        Assert.That(_tree.Update(), Has.Length.EqualTo(2).And.Member($"b.o {reason}!").Or.Member($"b.o {reason}"));
        Assert.That(_tree.Update(), Is.Empty);
    }

    [Test]
    public void A_touched_file_is_read_and_says_the_same()
    {
        using var before = _tree.Open();
        var key = before.ContentKey();
        File.SetLastWriteTimeUtc(_tree.PathOf("d.o", "ipa-clones"), DateTime.UtcNow.AddHours(-1));
        Assert.That(_tree.Update(), Is.EqualTo(["d.o DumpChanged"]));
        using var after = _tree.Open();
        Assert.That(after.ContentKey(), Is.EqualTo(key));
        Assert.That(after.Reads, Is.Empty);
    }

    [Test]
    public void A_reading_that_began_before_is_as_one_of_then()
    {
        using (var unused = StoreReading.Begin(_tree.IndexFile))
        {
            Assert.That(_tree.Update(), Is.Empty);
        }

        using var reading = StoreReading.Begin(_tree.IndexFile);
        var units = _tree.Units;
        var options = new SummaryStoreOptions { IndexFile = _tree.IndexFile, Reading = reading };
        using var store = SummaryStore.Open(options, units, [.. units.Select(UnitFiles.Of)], CancellationToken.None);
        reading.Dispose();
        Assert.That(store.Reads, Is.Empty);
        Assert.That(_tree.Manifests(store), Is.EqualTo(_tree.Clean()));
        using var missing = StoreReading.Begin(_tree.IndexFile + ".missing");
    }

    [Test]
    public void Another_content_of_the_same_size_and_time_is_noticed()
    {
        using var before = _tree.Open();
        var dump = _tree.PathOf("d.o", "ipa-clones");
        var time = File.GetLastWriteTimeUtc(dump);
        var text = File.ReadAllText(dump);
        Assert.That(text, Does.Contain(";f1"));
        File.WriteAllText(dump, text.Replace(";f1", ";g1", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(dump, time);
        Assert.That(_tree.Update(), Is.EqualTo(["d.o DumpChanged!"]));
        using var after = _tree.Open();
        Assert.That(after.ContentKey(), Is.Not.EqualTo(before.ContentKey()));
    }

    [Test]
    public void A_file_put_in_place_of_another_of_the_same_size_and_time_is_noticed()
    {
        var (dump, other) = (_tree.PathOf("d.o", "ipa-clones"), _tree.PathOf("d.o", "other"));
        File.WriteAllText(other, File.ReadAllText(dump).Replace(";f1", ";g1", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(other, File.GetLastWriteTimeUtc(dump));
        File.Move(other, dump, overwrite: true);
        Assert.That(_tree.Update(), Is.EqualTo(["d.o DumpChanged!"]));
    }

    [Test]
    public void A_time_stamp_in_the_past_or_future_is_a_change_like_any_other()
    {
        foreach (var hours in (int[])[-10_000, 10_000])
        {
            File.AppendAllText(_tree.PathOf("a.o", "ipa-clones"), "Callgraph clone;f1;1;unit.c;2;1;f0;3;unit.c;1;1;inlining to\n");
            File.SetLastWriteTimeUtc(_tree.PathOf("a.o", "ipa-clones"), DateTime.UtcNow.AddHours(hours));
            Assert.That(_tree.Update(), Is.EqualTo(["a.o DumpChanged!"]));
        }
    }

    [Test]
    public void A_removed_object_is_dropped()
    {
        _tree.Remove("c.o");
        Assert.That(_tree.Update(), Is.Empty);
        _tree.MustAnswerAsClean();
        _tree.Add(RandomUnit.Of(42, "c.o"));
        Assert.That(_tree.Update(), Is.EqualTo(["c.o New!"]));
    }

    [Test]
    public void A_renamed_object_is_another_one()
    {
        foreach (var file in Directory.GetFiles(_tree.Directory, "c.o.*"))
        {
            File.Move(file, file.Replace("/c.o.", "/z.o.", StringComparison.Ordinal));
        }

        Assert.That(_tree.Update(), Is.EqualTo(["z.o New!"]));
    }

    [Test]
    public void Objects_that_swap_their_files_are_read_again()
    {
        foreach (var (from, to) in ((string, string)[])[("a.o", "t.o"), ("b.o", "a.o"), ("t.o", "b.o")])
        {
            foreach (var file in Directory.GetFiles(_tree.Directory, $"{from}.*"))
            {
                File.Move(file, file.Replace($"/{from}.", $"/{to}.", StringComparison.Ordinal));
            }
        }

        Assert.That(_tree.Update(), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_missing_file_and_one_that_comes_back()
    {
        var dump = _tree.PathOf("b.o", "ipa-clones");
        var units = _tree.Units;
        var content = File.ReadAllBytes(dump);
        File.Delete(dump);
        for (var i = 0; i < 2; i++)
        {
            using var store = SummaryStore.Open(
                new SummaryStoreOptions { IndexFile = _tree.IndexFile }, units, [.. units.Select(UnitFiles.Of)], CancellationToken.None);
            Assert.That(store.Reads.Select(r => r.Unit), Is.EqualTo([1]), "what could not be read is tried in each build");
            Assert.That(store.FactsOf(1).Diagnostics.Select(d => d.Code), Is.EqualTo(["IPA3004"]));
        }

        File.WriteAllBytes(dump, content);
        Assert.That(_tree.Update(), Is.EqualTo(["b.o DumpChanged!"]));
    }

    [Test]
    public void Full_hash_reads_everything_and_changes_nothing()
    {
        var key = _tree.Open().ContentKey();
        Assert.That(_tree.Update(fullHash: true), Has.Length.EqualTo(6).And.All.EndsWith(" FullHash"));
        Assert.That(_tree.Open().ContentKey(), Is.EqualTo(key));
    }

    [Test]
    public void Without_a_file_nothing_is_kept_and_the_answers_are_the_same()
    {
        var before = Snapshot();
        var units = _tree.Units;
        using var store = SummaryStore.Open(
            new SummaryStoreOptions { IndexFile = null, Threads = 2 }, units, [.. units.Select(UnitFiles.Of)], CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.Reads, Has.Length.EqualTo(6));
            Assert.That(store.Problem, Is.Null);
            Assert.That(store.Files, Is.Empty);
            Assert.That(store.KeyOf(0), Is.Null);
            Assert.That(_tree.Manifests(store), Is.EqualTo(_tree.Clean()));
            Assert.That(Snapshot(), Is.EqualTo(before));
        }
    }

    [Test]
    public void The_store_stays_in_two_data_files_however_often_it_is_written()
    {
        for (var round = 0; round < 40; round++)
        {
            _tree.Add(RandomUnit.Of(1000 + round, $"{(char)('a' + (round % 5))}.o"));
            Assert.That(_tree.Update(), Is.Not.Empty);
            Assert.That(_tree.StoreFiles, Has.Length.LessThanOrEqualTo(3));
            using var store = _tree.Open();
            var live = Enumerable.Range(0, store.Count).Sum(u => SummaryLength(store.Load(u)));
            Assert.That(_tree.StoreFiles.Where(f => f != _tree.IndexFile).Sum(f => new FileInfo(f).Length), Is.LessThanOrEqualTo(3 * live));
        }
    }

    private static int SummaryLength(ObjectSummary summary)
    {
        var writer = new IpaAnalysis.Files.State.PackedWriter();
        SummaryCodec.Write(writer, summary);
        return writer.Written.Length;
    }

    private string[] Snapshot() =>
        [.. _tree.StoreFiles.Select(f => new FileInfo(f)).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}")];
}
