using System.Globalization;

namespace IpaAnalysis.Processes;

/// <summary>How a program ended and what it said.</summary>
internal sealed record ToolResult
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

    /// <summary>Whether something that the program left behind still held its output open, so that more might have come.</summary>
    public bool OutputMayBeCut { get; init; }

    /// <summary>The bound that the run went over; null when it went over none.</summary>
    public BoundExceeded? BoundExceeded { get; init; }

    /// <summary>
    /// Why nothing lasting may rest on the run, as a clause (<c>it was ended by signal 9</c>): it was not started, not ended by itself, or
    /// not read to the end. Null when it was, whatever its status.
    /// </summary>
    public string? Interruption =>
        StartError is not null ? $"it cannot be started ({StartError})"
        : BoundExceeded is not null ? BoundExceeded.Words
        : ExitCode > 128 ? string.Create(CultureInfo.InvariantCulture, $"it was ended by signal {ExitCode - 128}")
        : OutputMayBeCut ? OutputCut
        : ExitCode == 0 ? null
        : Errors.Any(static line => line.Contains(" signal terminated program ", StringComparison.Ordinal)) ? "a program that it started was ended by a signal"
        : Errors.Any(static line => line.Contains("No space left on device", StringComparison.Ordinal)) ? "there was no space on a disk"
        : null;

    /// <summary>The clause for <see cref="OutputMayBeCut"/>.</summary>
    internal static string OutputCut => "a program that it left behind keeps its output open, so that some of it may be missing";

    /// <summary>Wall time from start to exit.</summary>
    public TimeSpan Duration { get; init; }
}
