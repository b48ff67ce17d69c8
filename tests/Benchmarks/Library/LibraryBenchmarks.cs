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

    [IterationSetup(Targets = [nameof(ColdWritten), nameof(AllWritten)])]
    public void EmptyOutput()
    {
        if (Directory.Exists(_context.OutputDirectory))
        {
            Directory.Delete(_context.OutputDirectory, recursive: true);
        }

        Directory.CreateDirectory(_context.OutputDirectory);
    }

    [Benchmark]
    public long ReadBytes() => RawReading.ReadAll(_context.Corpus.Files, _context.Threads);

    [Benchmark]
    public object Cold() => _context.Work.Cold(ManifestScope.Patched);

    [Benchmark]
    public object ColdIndex() => _context.Work.Cold(ManifestScope.Index);

    [Benchmark]
    public object ColdWritten() => _context.Work.ColdWritten(ManifestScope.Patched, _context.OutputDirectory);

    [Benchmark]
    public object AllWritten() => _context.Work.ColdWritten(ManifestScope.All, _context.OutputDirectory);
}
