namespace IpaAnalysis.Faults.Analysing;

/// <summary>What was found out of a patched function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Causes">Why it is not exact; none when it is.</param>
/// <param name="Affected">The symbols that are affected, sorted.</param>
internal sealed record FunctionReport(string Name, IReadOnlyList<string> Causes, IReadOnlyList<string> Affected)
{
    /// <summary>Whether the answer is promised to be exact.</summary>
    public bool IsExact => Causes.Count == 0;
}
