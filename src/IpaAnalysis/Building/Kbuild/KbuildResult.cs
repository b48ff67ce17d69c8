using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>What came of a build through kbuild.</summary>
internal abstract record KbuildResult
{
    /// <summary>Whether make was not started, because nothing changed since it succeeded.</summary>
    public bool IsUpToDate { get; init; }

    /// <summary>Whether all is made.</summary>
    public bool Succeeded { get; init; }

    /// <summary>Problems and messages; the same on a build that makes nothing new, apart from what kbuild itself repeats.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Why make was started, and why the next build will start it again although nothing changed; <c>FILE: why</c>.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Wall time of make.</summary>
    public TimeSpan MakeTime { get; init; }

    /// <summary>The command and what it printed, line by line, for the detailed log.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];
}
