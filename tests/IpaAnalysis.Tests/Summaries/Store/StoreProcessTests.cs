namespace IpaAnalysis.Tests.Summaries.Store;

/// <summary>Processes that share a store, die in it or find the disk full.</summary>
internal sealed class StoreProcessTests
{
    private StoreTree _tree = null!;

    [SetUp]
    public void SetUp()
    {
        _tree = new StoreTree();
        for (var i = 0; i < 8; i++)
        {
            _tree.Add(RandomUnit.Of(60 + i, $"{(char)('a' + i)}.o"));
        }
    }

    [TearDown]
    public void TearDown() => _tree.Dispose();

    [Test]
    public void Killed_at_any_moment()
    {
        var random = new Random(1);
        for (var kill = 0; kill < 25; kill++)
        {
            using var process = StoreProcess.Start(_tree, rounds: 1_000_000, seed: kill);
            while (!File.Exists(_tree.IndexFile) && !process.HasExited)
            {
                Thread.Sleep(1);
            }

            Thread.Sleep(random.Next(60, 160));
            process.Kill();
            process.WaitForExit();
            _tree.MustAnswerAsClean();
        }

        // The last one's file is removed by the next build that writes.
        _tree.Add(RandomUnit.Of(99, "a.o"));
        _tree.Update();
        Assert.That(_tree.StoreFiles, Has.Length.LessThanOrEqualTo(3));
    }

    [Test]
    public void Several_at_once()
    {
        using var first = StoreProcess.Start(_tree, rounds: 150, seed: 1);
        using var second = StoreProcess.Start(_tree, rounds: 150, seed: 2);
        for (var i = 0; i < 30; i++)
        {
            _tree.MustAnswerAsClean();
        }

        Assert.That(StoreProcess.MustSucceed(first), Is.Zero);
        Assert.That(StoreProcess.MustSucceed(second), Is.Zero);
        _tree.MustAnswerAsClean();
        Assert.That(_tree.Update(), Is.Empty);
    }

    [TestCase(1)]
    [TestCase(3)]
    public void A_full_disk(int blocks)
    {
        using (var process = StoreProcess.Start(_tree, rounds: 5, seed: 3, fileBlocks: blocks))
        {
            Assert.That(StoreProcess.MustSucceed(process), Is.Positive);
        }

        _tree.MustAnswerAsClean();
        using (var process = StoreProcess.Start(_tree, rounds: 5, seed: 4, fileBlocks: blocks))
        {
            Assert.That(StoreProcess.MustSucceed(process), Is.Positive);
        }

        _tree.MustAnswerAsClean();
        Assert.That(_tree.StoreFiles, Has.Length.LessThanOrEqualTo(3), "no half file is left");
    }
}
