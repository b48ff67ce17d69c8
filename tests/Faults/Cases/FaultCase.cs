namespace IpaAnalysis.Faults.Cases;

/// <summary>One case of a program.</summary>
/// <param name="Name">Its name, of which there is one in the program.</param>
/// <param name="Run">Tries it in an empty directory of its own and tells of all that was checked, at least of one thing.</param>
internal sealed record FaultCase(string Name, Func<string, IEnumerable<FaultCheck>> Run)
{
    /// <summary>Whether it takes minutes until a bound ends it, so that the suite's share leaves it out.</summary>
    public bool IsLong { get; init; }
}
