namespace IpaAnalysis.Benchmarks.Measuring;

/// <summary>What a process and everything it started cost.</summary>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakBytes">The largest resident set that one of the processes had.</param>
internal sealed record ProcessCost(TimeSpan Wall, TimeSpan Cpu, long PeakBytes)
{
    /// <summary>The medians of the times, and the largest peak.</summary>
    public static ProcessCost Median(IReadOnlyCollection<ProcessCost> costs) => new(
        TimeSpan.FromSeconds(Samples.Median(costs.Select(static c => c.Wall.TotalSeconds))),
        TimeSpan.FromSeconds(Samples.Median(costs.Select(static c => c.Cpu.TotalSeconds))),
        costs.Max(static c => c.PeakBytes));
}
