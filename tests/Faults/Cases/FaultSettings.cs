namespace IpaAnalysis.Faults.Cases;

/// <summary>What decides which cases there are.</summary>
internal sealed record FaultSettings
{
    /// <summary>Chooses the order of what is put together and the share of the cases.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>One of so many cases is run; 1 for all.</summary>
    public int Share { get; init; } = 1;

    /// <summary>Text that the names of cases must hold; empty for all.</summary>
    public string Case { get; init; } = "";

    /// <summary>Whether cases that take minutes are left out.</summary>
    public bool IsShort { get; init; }

    /// <summary>The directory that holds the packed package, for programs that build projects; null when there is none.</summary>
    public string? Packages { get; init; }
}
