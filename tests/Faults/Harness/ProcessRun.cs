using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace IpaAnalysis.Faults.Harness;

/// <summary>A run of a program under limits. It shares no code with what is tried.</summary>
internal sealed record ProcessRun
{
    /// <summary>The exit code; -1 when it was ended.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Everything it printed.</summary>
    public required string Output { get; init; }

    /// <summary>The limit that it exceeded, in words; null for none.</summary>
    public string? Exceeded { get; init; }

    /// <summary>The most memory that its processes were seen to use together, in bytes.</summary>
    public long PeakTreeBytes { get; init; }

    /// <summary>Runs a program to its end. It has no input and exactly the given environment.</summary>
    public static ProcessRun Of(string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string> environment, ProcessLimits limits)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var output = new StringBuilder();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(output, e.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var (exceeded, peak) = Watch(process, limits);
        if (exceeded is not null)
        {
            process.Kill(entireProcessTree: true);
        }

        // Reads to the pipes' end, but a grandchild that was left over may hold them.
        Task.Run(process.WaitForExit).Wait(TimeSpan.FromSeconds(10));
        lock (output)
        {
            return new ProcessRun { ExitCode = exceeded is null ? process.ExitCode : -1, Output = output.ToString(), Exceeded = exceeded, PeakTreeBytes = peak };
        }
    }

    /// <summary>Waits for the end or for a limit.</summary>
    private static (string? Exceeded, long Peak) Watch(Process process, ProcessLimits limits)
    {
        var clock = Stopwatch.StartNew();
        var peak = 0L;
        for (var pause = 10; !process.WaitForExit(pause); pause = Math.Min(pause * 2, 250))
        {
            if (clock.Elapsed > limits.Time)
            {
                return (string.Create(CultureInfo.InvariantCulture, $"it did not end within {limits.Time.TotalSeconds:0} s"), peak);
            }

            peak = Math.Max(peak, ProcessMemory.OfTree(process.Id));
            if (peak > limits.TreeBytes)
            {
                return (string.Create(CultureInfo.InvariantCulture, $"its processes used {peak >> 20} MB together"), peak);
            }
        }

        return (null, peak);
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                if (output.Length < 10_000_000)
                {
                    output.Append(line).Append('\n');
                }
            }
        }
    }
}
