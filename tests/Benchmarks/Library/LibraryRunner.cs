using System.Diagnostics;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using IpaAnalysis.Benchmarks.Measuring;
using IpaAnalysis.Benchmarks.Report;

namespace IpaAnalysis.Benchmarks.Library;

/// <summary>Runs one of the <see cref="LibraryBenchmarks"/> with BenchmarkDotNet.</summary>
internal static class LibraryRunner
{
    private const int MostIterations = 11;
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(12);

    /// <summary>Runs a benchmark as often as its budget allows, at least twice.</summary>
    /// <param name="row">The row that gets the result.</param>
    /// <param name="method">The benchmark.</param>
    /// <param name="context">What it works on.</param>
    /// <param name="logDirectory">Where BenchmarkDotNet may write.</param>
    public static Measurement Run(string row, string method, LibraryContext context, string logDirectory)
    {
        LibraryBenchmarks.Current = context;
        var iterations = Iterations(method);
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithStrategy(RunStrategy.Monitoring)
            .WithInvocationCount(1)
            .WithUnrollFactor(1)
            .WithWarmupCount(iterations > 4 ? 2 : 0)
            .WithIterationCount(iterations);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddFilter(new NameFilter(name => name == method))
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(logDirectory);
        var report = BenchmarkRunner.Run<LibraryBenchmarks>(config).Reports.SingleOrDefault();
        if (report?.ResultStatistics is not { } statistics)
        {
            throw new InvalidOperationException($"BenchmarkDotNet has no result for {method} on {context.Corpus.Name}; its log is in {logDirectory}.");
        }

        return new Measurement(row, context.Corpus.Name, TimeSpan.FromMicroseconds(statistics.Median / 1000), statistics.N)
        {
            Cpu = TimeSpan.FromSeconds(Samples.Median(context.CpuTimes.TakeLast(statistics.N).Select(static t => t.TotalSeconds))),
            AllocatedBytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase),
        };
    }

    /// <summary>A first run, which also compiles the code and fills the page cache, tells how many are affordable.</summary>
    private static int Iterations(string method)
    {
        var benchmarks = new LibraryBenchmarks();
        benchmarks.EmptyOutput();
        var watch = Stopwatch.StartNew();
        typeof(LibraryBenchmarks).GetMethod(method)!.Invoke(benchmarks, []);
        return (int)Math.Clamp(s_budget / watch.Elapsed, 2, MostIterations);
    }
}
