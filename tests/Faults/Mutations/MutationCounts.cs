namespace IpaAnalysis.Faults.Mutations;

/// <summary>What came of mutated files.</summary>
/// <param name="Reported">A diagnostic says so.</param>
/// <param name="Same">The summary is the same.</param>
/// <param name="WellFormed">The summary is another without a diagnostic, but the file is one that the compiler may have written.</param>
/// <param name="Failures">Neither: the first, in words.</param>
/// <param name="FailureCount">How many.</param>
internal sealed record MutationCounts(int Reported, int Same, int WellFormed, IReadOnlyList<string> Failures, int FailureCount);
