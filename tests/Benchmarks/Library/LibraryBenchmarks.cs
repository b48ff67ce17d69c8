using BenchmarkDotNet.Attributes;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Benchmarks.Library;

/// <summary>The rows that are work of the library in this warmed process.</summary>
public class LibraryBenchmarks
{
    private readonly LibraryContext _context = Current;

    // Set before a run: BenchmarkDotNet makes the instances, in this process.
    internal static LibraryContext Current { get; set; } = null!;

    [GlobalSetup]
    public void SetUp() => EmptyOutput();

    [IterationSetup(Targets = [nameof(ColdStored), nameof(AllWritten)])]
    public void EmptyOutput()
    {
        if (Directory.Exists(_context.OutputDirectory))
        {
            Directory.Delete(_context.OutputDirectory, recursive: true);
        }

        Directory.CreateDirectory(_context.OutputDirectory);
    }

    [Benchmark]
    public object ReadBytes() => Timed(() => RawReading.ReadAll(_context.Corpus.Files, _context.Threads));

    [Benchmark]
    public object Cold() => Timed(() => _context.Work.Cold(ManifestScope.Patched));

    [Benchmark]
    public object ColdIndex() => Timed(() => _context.Work.Cold(ManifestScope.Index));

    [Benchmark]
    public object ColdStored() => Timed(() => _context.Work.ColdStored(ManifestScope.Patched, _context.OutputDirectory));

    [Benchmark]
    public object AllWritten() => Timed(() => _context.Work.ColdStored(ManifestScope.All, _context.OutputDirectory));

    /// <summary>BenchmarkDotNet takes the time; this process's user and system time are ours to take.</summary>
    private object Timed<T>(Func<T> work)
        where T : notnull
    {
        var before = Environment.CpuUsage.TotalTime;
        var result = work();
        _context.CpuTimes.Add(Environment.CpuUsage.TotalTime - before);
        return result;
    }
}
