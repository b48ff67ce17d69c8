using System.Collections.Immutable;
using IpaAnalysis.Benchmarks.Builds;
using IpaAnalysis.Benchmarks.Corpora;
using IpaAnalysis.Benchmarks.Library;
using IpaAnalysis.Benchmarks.Measuring;
using IpaAnalysis.Benchmarks.Report;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Benchmarks;

/// <summary>One run: makes the trees, measures the rows, gives the table.</summary>
internal sealed class Session(BenchOptions options)
{
    private const int OtherRuns = 5;
    private static readonly TimeSpan s_otherBudget = TimeSpan.FromSeconds(15);

    private static readonly (string Row, string Method)[] s_library =
    [
        (Rows.ReadBytes, nameof(LibraryBenchmarks.ReadBytes)),
        (Rows.Cold, nameof(LibraryBenchmarks.Cold)),
        (Rows.ColdIndex, nameof(LibraryBenchmarks.ColdIndex)),
        (Rows.ColdStored, nameof(LibraryBenchmarks.ColdStored)),
        (Rows.AllWritten, nameof(LibraryBenchmarks.AllWritten)),
    ];

    private readonly int _threads = Environment.ProcessorCount;
    private readonly string _work = Path.Combine(options.Directory, "work");
    private readonly ResultTable _table = new();

    /// <summary>Runs.</summary>
    /// <returns>The table.</returns>
    public string Run()
    {
        Directory.CreateDirectory(_work);
        var run = UnfinishedRun.Begin(_work, out var wasInterrupted);
        if (wasInterrupted)
        {
            Progress.Say("The last run was interrupted: its trees are made again");
        }

        var factory = new CorpusFactory(_work, _threads);
        var small = factory.MakeSmall();
        _table.Origin = factory.Origin;
        var candidates = Candidates.Choose(small, _threads, BuildRows.FunctionsNeeded);
        Measure(small, candidates.Names);
        if (!options.SmallOnly)
        {
            var large = factory.MakeLarge(small);
            var ofLarge = Candidates.Choose(large, _threads, BuildRows.FunctionsNeeded);
            RequireCopies(candidates.Totals, ofLarge.Totals);
            Measure(large, ofLarge.Names);
        }

        run.End();
        if (!options.Keep)
        {
            Directory.Delete(_work, recursive: true);
        }

        return _table.Format();
    }

    /// <summary>Copies whose dumps, call graphs and symbols no longer fit together would be other work than the original.</summary>
    private static void RequireCopies(AnalysisTotals one, AnalysisTotals copies)
    {
        var (found, expected) = (Counts(copies), Counts(one).Select(static c => c * CorpusFactory.Copies));
        if (!found.SequenceEqual(expected))
        {
            throw new InvalidOperationException($"The copies are not the original times {CorpusFactory.Copies}: {copies}, not {one} each.");
        }

        static int[] Counts(AnalysisTotals totals) => [totals.Objects, totals.Functions, totals.CloneEdges, totals.CallEdges];
    }

    private void Measure(Corpus corpus, ImmutableArray<string> functions)
    {
        _table.Add(corpus);
        MeasureLibrary(corpus, functions[..BuildRows.Patched]);
        MeasureOthers(corpus);
        if (options.Packages is not null && Rows.Builds.Any(options.Wants))
        {
            var builds = new BuildRows(corpus, Path.Combine(_work, "projects"), new BenchPackage(options.Packages), functions);
            foreach (var row in builds.Measure(options.Wants))
            {
                _table.Add(row);
            }
        }
    }

    private void MeasureLibrary(Corpus corpus, ImmutableArray<string> patched)
    {
        var output = Path.Combine(_work, "output");
        Directory.CreateDirectory(output);
        var context = new LibraryContext(corpus, new LibraryWork(corpus.Directory, _threads, patched), _threads, output);
        foreach (var (row, method) in s_library.Where(b => options.Wants(b.Row)))
        {
            Progress.Say($"{row}, {corpus.Name}");
            _table.Add(LibraryRunner.Run(row, method, context, Path.Combine(_work, "benchmarkdotnet")));
        }

        if (options.Wants(Rows.Phases) && corpus.Name == "S")
        {
            Progress.Say($"{Rows.Phases}, {corpus.Name}");
            _table.Add(corpus.Name, PhaseTimes.Measure(context.Work));
        }

        if (options.Wants(Rows.Memory))
        {
            Add(Rows.Memory, corpus, 3, () => ColdProcess.Measure(context, patched));
        }
    }

    private void MeasureOthers(Corpus corpus)
    {
        var log = Path.Combine(_work, "other.log");
        if (options.Wants(Rows.Cat))
        {
            var list = Path.Combine(_work, "files.list");
            File.WriteAllText(list, string.Join('\0', corpus.Files));
            Add(Rows.Cat, corpus, OtherRuns, () => Launcher.Run(log, _work, "sh", "-c", "xargs -0 cat < \"$1\" | wc -c", "sh", list));
        }

        // The known ones take minutes for L.
        if (options.Wants(Rows.Peer) && corpus.Name == "S" && Environment.GetEnvironmentVariable("IPA_PEER") is { Length: > 0 } peer)
        {
            var list = Path.Combine(_work, "dumps.list");
            File.WriteAllLines(list, corpus.Dumps);
            Add(Rows.Peer, corpus, OtherRuns, () => Launcher.Run(log, _work, "sh", "-c", peer + " \"$1\"", "sh", list));
        }
    }

    private void Add(string row, Corpus corpus, int runs, Func<ProcessCost> run)
    {
        Progress.Say($"{row}, {corpus.Name}");
        var costs = Samples.Collect(runs, s_otherBudget, _ => run());
        var cost = ProcessCost.Median(costs);
        _table.Add(new Measurement(row, corpus.Name, cost.Wall, costs.Count)
        {
            Cpu = cost.Cpu,

            // Of a small program the kernel tells what its starter had: nothing of its own.
            PeakBytes = row == Rows.Cat ? null : cost.PeakBytes,
        });
    }
}
