using System.Globalization;

namespace IpaAnalysis.Processes;

/// <summary>A bound that a run went over, so that it was ended or failed.</summary>
/// <param name="Bound">Which.</param>
/// <param name="Words">What the run did, as a clause: <c>it used 600 s of CPU time</c>. The same for each run with the same bounds.</param>
internal sealed record BoundExceeded(RunBound Bound, string Words)
{
    private static readonly string[] s_units = ["bytes", "kB", "MB", "GB", "TB"];

    internal static BoundExceeded ProcessorTime(TimeSpan bound) => new(RunBound.ProcessorTime, $"it used {Seconds(bound)} of CPU time");

    internal static BoundExceeded Memory(long bytes) => new(RunBound.Memory, $"memory ran out at {Size(bytes)}");

    internal static BoundExceeded FileSize(long bytes) => new(RunBound.FileSize, $"a file grew over {Size(bytes)}");

    internal static BoundExceeded Processes(int count) =>
        new(RunBound.Processes, string.Create(CultureInfo.InvariantCulture, $"it started more than {count} processes"));

    internal static BoundExceeded WallTime(TimeSpan bound) => new(RunBound.WallTime, $"it ran for {Seconds(bound)}");

    internal static BoundExceeded IdleTime(TimeSpan bound) => new(RunBound.IdleTime, $"it waited for something for {Seconds(bound)}");

    internal static BoundExceeded Output(long bytes) => new(RunBound.Output, $"it printed more than {Size(bytes)}");

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string Size(long bytes)
    {
        var unit = 0;
        var size = (double)bytes;
        while (size >= 1024 && unit < s_units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {s_units[unit]}");
    }
}
