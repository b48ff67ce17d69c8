using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Outputs;

/// <summary>How a manifest is written; what it says is the same.</summary>
internal sealed record ManifestSettings
{
    /// <summary>How many threads put functions into words.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Is told how many functions were written.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancellation { get; init; }
}
