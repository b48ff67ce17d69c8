using IpaAnalysis.Benchmarks.Corpora;

namespace IpaAnalysis.Benchmarks.Library;

/// <summary>What the library's benchmarks work on.</summary>
/// <param name="Corpus">The tree.</param>
/// <param name="Work">The library.</param>
/// <param name="Threads">How many threads read.</param>
/// <param name="OutputDirectory">Where outputs go.</param>
internal sealed record LibraryContext(Corpus Corpus, LibraryWork Work, int Threads, string OutputDirectory)
{
    /// <summary>User and system time of each run, the latest last.</summary>
    public List<TimeSpan> CpuTimes { get; } = [];
}
