using System.ComponentModel;
using System.Diagnostics;

namespace IpaAnalysis.Processes;

/// <summary>Runs programs: no shell (but for one that sets limits), no inherited environment, closed input, bounded memory, whole tree killed on cancellation or beyond a bound.</summary>
internal static class ToolProcess
{
    private const int TextFileBusy = 26;
    private const string TextFileBusyMessage = "Text file busy";
    private const int KilledStatus = 128 + 9;
    private const int StartAttempts = 50;
    private const int StartPause = 10;

    // kbuild takes LC_ALL out of its environment, so each variable that decides the language of gcc is set.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LANGUAGE", "LANG", "LC_MESSAGES", "LC_CTYPE"];

    // A daemon that the program left behind may hold its pipes open for ever.
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PipeLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(30);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellation">Ends the program and everything it started.</param>
    /// <returns>The result; a program that cannot be started is one with <see cref="ToolResult.StartError"/>.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing of it is left running.</exception>
    public static ToolResult Run(ToolRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellation.ThrowIfCancellationRequested();
        var bounds = request.Bounds is null ? null : new BoundedStart(request.Bounds, request.Environment);
        for (var attempt = 1; ; attempt++)
        {
            var result = RunOnce(request, bounds, cancellation);
            if (bounds is null || result.StartError is not null)
            {
                return result;
            }

            if (BoundedStart.StartError(result) is not { } error)
            {
                return result.BoundExceeded is null && result.ExitCode != 0 ? result with { BoundExceeded = bounds.ExceededBy(result) } : result;
            }

            if (attempt == StartAttempts || error != TextFileBusyMessage)
            {
                return new ToolResult { ExitCode = -1, StartError = error };
            }

            Thread.Sleep(StartPause);
        }
    }

    /// <summary>
    /// Runs a program that only answers: once more when the answer may be cut, for what it left behind, such as a caching compiler's
    /// server, is there then and not started again.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    public static ToolResult Ask(ToolRequest request, CancellationToken cancellation)
    {
        var result = Run(request, cancellation);
        return result.OutputMayBeCut ? Run(request, cancellation) : result;
    }

    private static ToolResult RunOnce(ToolRequest request, BoundedStart? bounds, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        using var process = new Process { StartInfo = StartInfo(request, bounds) };
        if (TryStart(process) is { } error)
        {
            return new ToolResult { ExitCode = -1, StartError = error };
        }

        process.StandardInput.Close();
        var collector = new LineCollector(request);
        var readers = new[]
        {
            StartReader(collector, process.StandardOutput.BaseStream, isError: false),
            StartReader(collector, process.StandardError.BaseStream, isError: true),
        };

        var exit = process.WaitForExitAsync(cancellation);
        BoundExceeded? exceeded = null;
        if (request.Bounds is not null)
        {
            exceeded = new RunWatch(process.Id, request.Bounds, collector).Wait(exit);
        }
        else
        {
            // A cancelled run completes it as well.
            Task.WaitAny([exit], CancellationToken.None);
        }

        if (exit.IsCanceled || exceeded is not null)
        {
            ProcessTree.End(process.Id);
            process.WaitForExit(PipeGrace);
        }

        var duration = clock.Elapsed;
        if (exit.IsCanceled)
        {
            Task.WaitAll(readers, (int)PipeGrace.TotalMilliseconds, CancellationToken.None);
            collector.Close();
            throw new OperationCanceledException(cancellation);
        }

        var isWhole = ReadOn(readers, collector, cancellation);
        if (!isWhole && cancellation.IsCancellationRequested)
        {
            collector.Close();
            throw new OperationCanceledException(cancellation);
        }

        return collector.Close() with
        {
            ExitCode = process.HasExited ? process.ExitCode : KilledStatus,
            BoundExceeded = exceeded,
            OutputMayBeCut = !isWhole,
            Duration = duration,
        };
    }

    /// <summary>Reads on as long as something comes from what the program left behind, but not for ever.</summary>
    /// <returns>Whether the streams came to their ends.</returns>
    private static bool ReadOn(Task[] readers, LineCollector collector, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var (length, quiet) = (collector.Length, TimeSpan.Zero);
        while (!Task.WaitAll(readers, (int)PipeLook.TotalMilliseconds, CancellationToken.None))
        {
            quiet = collector.Length == length ? quiet + PipeLook : TimeSpan.Zero;
            length = collector.Length;
            if (quiet >= PipeGrace || collector.Flooded.IsCompleted || clock.Elapsed > LongestReading || cancellation.IsCancellationRequested)
            {
                return false;
            }
        }

        return true;
    }

    private static ProcessStartInfo StartInfo(ToolRequest request, BoundedStart? bounds)
    {
        var info = new ProcessStartInfo(bounds?.Shell ?? request.Program)
        {
            WorkingDirectory = request.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in bounds?.Arguments(request) ?? request.Arguments)
        {
            info.ArgumentList.Add(argument);
        }

        info.Environment.Clear();
        foreach (var (name, value) in request.Environment)
        {
            info.Environment[name] = value;
        }

        foreach (var name in request.RemovedVariables)
        {
            info.Environment.Remove(name);
        }

        foreach (var name in LocaleVariables)
        {
            info.Environment[name] = "C";
        }

        return info;
    }

    private static string? TryStart(Process process)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                process.Start();
                return null;
            }
            catch (Win32Exception e) when (e.NativeErrorCode == TextFileBusy && attempt < StartAttempts)
            {
                // A process being forked elsewhere holds the program open for writing for a moment.
                Thread.Sleep(StartPause);
            }
            catch (Win32Exception e)
            {
                // The exception's own message holds absolute paths.
                return new Win32Exception(e.NativeErrorCode).Message;
            }
        }
    }

    private static Task StartReader(LineCollector collector, Stream stream, bool isError) =>
        Task.Factory.StartNew(
            () => collector.Read(stream, isError),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
}
