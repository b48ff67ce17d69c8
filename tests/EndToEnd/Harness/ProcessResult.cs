namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>What a process left.</summary>
/// <param name="ExitCode">Its status.</param>
/// <param name="Output">Standard output and error, interleaved by line.</param>
internal sealed record ProcessResult(int ExitCode, string Output);
