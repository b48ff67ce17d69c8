namespace IpaAnalysis.Faults.Cases;

/// <summary>What came of a program.</summary>
/// <param name="Program">Its name.</param>
/// <param name="Checks">All that was checked.</param>
/// <param name="Time">How long it took.</param>
internal sealed record ProgramResult(string Program, IReadOnlyList<FaultCheck> Checks, TimeSpan Time)
{
    /// <summary>What failed, by name.</summary>
    public IReadOnlyList<FaultCheck> Failures { get; } = [.. Checks.Where(c => c.Failure is not null).OrderBy(c => c.Name, StringComparer.Ordinal)];
}
