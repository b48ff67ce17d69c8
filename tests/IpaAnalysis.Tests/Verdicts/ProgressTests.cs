using System.Collections.Concurrent;
using IpaAnalysis.Building.Kbuild.Messages;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Outputs;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Tests.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Verdicts;

/// <summary>Each finished piece of long work is counted once, whatever the number of threads.</summary>
internal sealed class ProgressTests
{
    [Test]
    public void Every_unit_and_function_is_counted([Values(1, 3)] int threads)
    {
        using var tree = new StoreTree();
        for (var i = 0; i < 12; i++)
        {
            tree.Add(RandomUnit.Of(i, $"u{i}.o"));
        }

        var log = new Reports();
        var storeOptions = new SummaryStoreOptions { IndexFile = tree.IndexFile, Threads = threads, Progress = log };
        using var store = SummaryStore.Open(storeOptions, tree.Units, [.. tree.Units.Select(UnitFiles.Of)], CancellationToken.None);
        Assert.That(log.Take(), Is.EqualTo(Counts(WorkPhase.ReadingUnits, 12)));

        var options = new AnalysisOptions { Scope = ManifestScope.All, Threads = threads, Progress = log, NormalizePath = p => p };
        var all = Analysis.Run(new GraphSource(tree.Units, store), options, [], CancellationToken.None);
        Assert.That(log.Take(), Is.EqualTo(Counts(WorkPhase.AnalyzingUnits, 12)));
        Analysis.Run(new GraphSource(tree.Units, store), options with { Scope = ManifestScope.Index }, [], CancellationToken.None);
        Assert.That(log.Take(), Is.EqualTo(Counts(WorkPhase.AnalyzingUnits, 12)));

        ManifestWriter.Write(all, new ManifestSettings { Threads = threads, Progress = log }, Stream.Null);
        var written = log.Take();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(written, Has.Length.GreaterThan(1));
            Assert.That(written[^1], Is.EqualTo(new WorkProgress(WorkPhase.WritingFunctions, all.PatchedFunctions.Count, all.PatchedFunctions.Count)));
        }

        using var again = SummaryStore.Open(storeOptions, tree.Units, [.. tree.Units.Select(UnitFiles.Of)], CancellationToken.None);
        Assert.That(log.Take(), Is.Empty, "nothing was read");
    }

    [TestCase("  CC      kernel/time/time.o", true)]
    [TestCase("  CC [M]  /src/module/hello.o", true)]
    [TestCase("  gcc-12 -Wp,-MMD,kernel/time/.time.o.d -O2 -fdump-ipa-clones -fcallgraph-info -c -o kernel/time/time.o ../kernel/time/time.c", true)]
    [TestCase("  gcc -Wp,-MMD,scripts/.x.o.d -O2 -c -o scripts/x.o ../scripts/x.c", false)]
    [TestCase("  HOSTCC  scripts/basic/fixdep", false)]
    [TestCase("  AR      built-in.a", false)]
    [TestCase("cc1: CC is no progress", false)]
    public void Lines_of_make_that_stand_for_a_compiled_object(string line, bool isCounted) =>
        Assert.That(KbuildStep.IsCompile(line), Is.EqualTo(isCounted));

    private static WorkProgress[] Counts(WorkPhase phase, int total) =>
        [.. Enumerable.Range(1, total).Select(done => new WorkProgress(phase, done, total))];

    private sealed class Reports : IProgress<WorkProgress>
    {
        private readonly ConcurrentQueue<WorkProgress> _reports = new();

        public void Report(WorkProgress value) => _reports.Enqueue(value);

        /// <summary>What was reported since the last call, in the order of counts.</summary>
        public WorkProgress[] Take()
        {
            WorkProgress[] taken = [.. _reports.OrderBy(r => r.Done)];
            _reports.Clear();
            return taken;
        }
    }
}
