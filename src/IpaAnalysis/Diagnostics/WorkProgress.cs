namespace IpaAnalysis.Diagnostics;

/// <summary>How far long work is. Data for an <see cref="IProgress{T}"/>, which is called by several threads and must be quick.</summary>
/// <param name="Phase">What is done, and so what is counted.</param>
/// <param name="Done">How many are finished. Two threads may report out of order.</param>
/// <param name="Total">How many there are; null where that is not known.</param>
internal readonly record struct WorkProgress(WorkPhase Phase, int Done, int? Total)
{
    /// <summary>The input that it is about, as the user wrote it; empty where it is about all of them.</summary>
    public string Subject { get; init; } = "";
}
