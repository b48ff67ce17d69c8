using System.Globalization;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.MSBuild;

/// <summary>Tells how far long work is: at most one message in <see cref="Interval"/>, and none at all in a shorter build.</summary>
/// <param name="clock">The clock.</param>
/// <param name="log">Logs a message; called by several threads, never by two at once within an interval.</param>
internal sealed class ProgressLog(TimeProvider clock, Action<string> log) : IProgress<WorkProgress>
{
    /// <summary>The time between two messages, and before the first.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _last = clock.GetTimestamp();

    /// <inheritdoc/>
    public void Report(WorkProgress value)
    {
        var (last, now) = (Volatile.Read(ref _last), clock.GetTimestamp());
        if (clock.GetElapsedTime(last, now) >= Interval && Interlocked.CompareExchange(ref _last, now, last) == last)
        {
            log(Text(value));
        }
    }

    private static string Text(WorkProgress value)
    {
        var count = value.Total is { } total
            ? string.Create(CultureInfo.InvariantCulture, $"{value.Done} of {total}")
            : value.Done.ToString(CultureInfo.InvariantCulture);
        return value.Phase switch
        {
            WorkPhase.MakingObjects => $"{value.Subject}: make compiled {count} objects so far.",
            WorkPhase.CompilingSources => $"Compiled {count} C sources so far.",
            WorkPhase.ReadingUnits => $"Read {count} units so far.",
            WorkPhase.AskingCompilers => $"Compiled {count} units with patched functions again so far.",
            WorkPhase.AnalyzingUnits => $"Analyzed {count} units so far.",
            _ => $"Wrote {count} functions so far.",
        };
    }
}
