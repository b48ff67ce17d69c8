using IpaAnalysis.Benchmarks.Measuring;

namespace IpaAnalysis.Benchmarks.Report;

/// <summary>What a row came to.</summary>
/// <param name="Row">One of <see cref="Rows"/>.</param>
/// <param name="Corpus"><c>S</c> or <c>L</c>.</param>
/// <param name="Wall">The median.</param>
/// <param name="Runs">Of how many.</param>
internal sealed record Measurement(string Row, string Corpus, TimeSpan Wall, int Runs)
{
    /// <summary>User and system time.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>The largest resident set, of whole processes.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>What was allocated, of the library's rows.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>What an empty build cost beside it, of the build rows.</summary>
    public ProcessCost? Empty { get; init; }
}
