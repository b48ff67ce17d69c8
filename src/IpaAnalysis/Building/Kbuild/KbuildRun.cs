using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>What one run of make did.</summary>
internal sealed record KbuildRun
{
    /// <summary>Its messages, and those remembered of earlier runs.</summary>
    public IReadOnlyList<Diagnostic> Messages { get; init; } = [];

    /// <summary>Why it failed; null when it succeeded.</summary>
    public Diagnostic? Failure { get; init; }

    /// <summary>Whether make was not started, because it had nothing to do.</summary>
    public bool IsUpToDate { get; init; }

    /// <summary>Whether it failed because kconfig would have had to ask.</summary>
    public bool AsksForConfiguration { get; init; }

    /// <summary>Why make was started, and why it will be again in any case.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Its wall time.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>The command and what it printed.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>Everything to report.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Failure is null ? Messages : [.. Messages, Failure];
}
