namespace IpaAnalysis.Toolchain;

/// <summary>How a program ended and what it said.</summary>
public sealed record ToolResult
{
    /// <summary>The exit status; 128 plus the signal's number when a signal ended it; -1 when it was not started.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Why the program could not be started, in the system's words; null when it was.</summary>
    public string? StartError { get; init; }

    /// <summary>Lines of standard output.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Lines of standard error.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>Lines that were too many to keep.</summary>
    public int LinesLeftOut { get; init; }

    /// <summary>Wall time from start to exit.</summary>
    public TimeSpan Duration { get; init; }
}
