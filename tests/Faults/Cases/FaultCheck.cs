namespace IpaAnalysis.Faults.Cases;

/// <summary>What came of one thing that a case tried.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="Failure">What is wrong, in words; null when all is as it should be.</param>
internal sealed record FaultCheck(string Name, string? Failure)
{
    /// <summary>A check that failed if anything is wrong.</summary>
    /// <param name="name">What was tried.</param>
    /// <param name="failures">All that is wrong.</param>
    public static FaultCheck Of(string name, IReadOnlyCollection<string> failures) => new(name, failures.Count == 0 ? null : string.Join("; ", failures));
}
