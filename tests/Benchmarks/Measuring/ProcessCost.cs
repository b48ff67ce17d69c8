namespace IpaAnalysis.Benchmarks.Measuring;

/// <summary>What a process and everything it started cost.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Wall">From its start to its end.</param>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakBytes">The largest resident set that one of the processes had.</param>
internal sealed record ProcessCost(int ExitCode, TimeSpan Wall, TimeSpan Cpu, long PeakBytes);
