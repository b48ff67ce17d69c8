using System.Diagnostics;

namespace IpaAnalysis.Processes;

/// <summary>Watches the bounds of a run that the kernel does not. A run that is over before the first look costs nothing.</summary>
/// <param name="root">The program.</param>
/// <param name="bounds">The bounds.</param>
/// <param name="output">What it has printed so far.</param>
internal sealed class RunWatch(int root, RunBounds bounds, LineCollector output)
{
    // USER_HZ, which is 100 wherever .NET runs.
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until the program has ended or gone over a bound.</summary>
    /// <param name="exit">Completes when the program has ended or the run was cancelled.</param>
    /// <returns>The bound; null when the program has ended before.</returns>
    public BoundExceeded? Wait(Task exit)
    {
        var clock = Stopwatch.StartNew();
        var pause = Pause();
        var (last, lastLength, lastTime, idle) = (default(TreeActivity), -1L, TimeSpan.Zero, TimeSpan.Zero);
        Task[] ends = [exit, output.Flooded];
        while (true)
        {
            if (Task.WaitAny(ends, pause) is var ended and >= 0)
            {
                return ended == 0 ? null : BoundExceeded.Output(bounds.OutputBytes ?? 0);
            }

            var now = clock.Elapsed;
            if (now >= bounds.WallTime)
            {
                return BoundExceeded.WallTime(bounds.WallTime.Value);
            }

            var activity = ProcessTree.Look(root);
            if (bounds.ProcessorTime is { } time && activity.Ticks >= time.TotalSeconds * TicksPerSecond)
            {
                return BoundExceeded.ProcessorTime(time);
            }

            if (activity.Count > bounds.Processes)
            {
                return BoundExceeded.Processes(bounds.Processes.Value);
            }

            // When this process was stopped meanwhile, so was the compiler, perhaps: a long pause counts as a short one.
            var since = now - lastTime;
            var isIdle = !activity.IsBusy && activity.Ticks == last.Ticks && activity.Count == last.Count && output.Length == lastLength;
            idle = !isIdle ? TimeSpan.Zero : idle + (since < 2 * pause ? since : pause);
            if (idle >= bounds.IdleTime)
            {
                return BoundExceeded.IdleTime(bounds.IdleTime.Value);
            }

            (last, lastLength, lastTime) = (activity, output.Length, now);
        }
    }

    private TimeSpan Pause()
    {
        var pause = LongestPause;
        foreach (var bound in new[] { bounds.ProcessorTime, bounds.WallTime, bounds.IdleTime })
        {
            if (bound / 8 is { } part && part < pause)
            {
                pause = part;
            }
        }

        return pause < ShortestPause ? ShortestPause : pause;
    }
}
