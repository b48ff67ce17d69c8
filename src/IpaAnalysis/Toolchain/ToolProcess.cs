using System.ComponentModel;
using System.Diagnostics;

namespace IpaAnalysis.Toolchain;

/// <summary>Runs programs: no shell, no inherited environment, closed input, bounded memory, whole tree killed on cancellation.</summary>
public static class ToolProcess
{
    private const int TextFileBusy = 26;

    // kbuild takes LC_ALL out of its environment, so each variable that decides the language of gcc is set.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LANGUAGE", "LANG", "LC_MESSAGES", "LC_CTYPE"];

    // A daemon that the program left behind may hold its pipes open for ever.
    private static readonly TimeSpan PipeGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellation">Ends the program and everything it started.</param>
    /// <returns>The result; a program that cannot be started is one with <see cref="ToolResult.StartError"/>.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing of it is left running.</exception>
    public static ToolResult Run(ToolRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellation.ThrowIfCancellationRequested();
        var clock = Stopwatch.StartNew();
        using var process = new Process { StartInfo = StartInfo(request) };
        if (TryStart(process) is { } error)
        {
            return new ToolResult { ExitCode = -1, StartError = error };
        }

        process.StandardInput.Close();
        var collector = new LineCollector(request.OnLine, request.MaxLines);
        var readers = new[]
        {
            StartReader(process.StandardOutput.BaseStream, line => collector.Add(line, isError: false)),
            StartReader(process.StandardError.BaseStream, line => collector.Add(line, isError: true)),
        };

        var cancelled = false;
        try
        {
            process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            cancelled = true;
            ProcessTree.End(process.Id);
            process.WaitForExit(PipeGrace);
        }

        var duration = clock.Elapsed;
        Task.WaitAll(readers, PipeGrace);
        var result = collector.Close();
        return cancelled
            ? throw new OperationCanceledException(cancellation)
            : result with { ExitCode = process.ExitCode, Duration = duration };
    }

    private static ProcessStartInfo StartInfo(ToolRequest request)
    {
        var info = new ProcessStartInfo(request.Program)
        {
            WorkingDirectory = request.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in request.Arguments)
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
            catch (Win32Exception e) when (e.NativeErrorCode == TextFileBusy && attempt < 50)
            {
                // A process being forked elsewhere holds the program open for writing for a moment.
                Thread.Sleep(10);
            }
            catch (Win32Exception e)
            {
                // The exception's own message holds absolute paths.
                return new Win32Exception(e.NativeErrorCode).Message;
            }
        }
    }

    private static Task StartReader(Stream stream, Action<string> onLine) =>
        Task.Factory.StartNew(
            () => BoundedLineReader.ReadAll(stream, onLine),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    private sealed class LineCollector(Action<string, bool>? onLine, int maxLines)
    {
        private readonly Lock _lock = new();
        private readonly List<string> _output = [];
        private readonly List<string> _errors = [];
        private int _leftOut;
        private bool _closed;

        public void Add(string line, bool isError)
        {
            lock (_lock)
            {
                if (_closed)
                {
                    return;
                }

                if (onLine is not null)
                {
                    onLine(line, isError);
                    return;
                }

                var lines = isError ? _errors : _output;
                if (lines.Count < maxLines)
                {
                    lines.Add(line);
                }
                else
                {
                    _leftOut++;
                }
            }
        }

        public ToolResult Close()
        {
            lock (_lock)
            {
                _closed = true;
                return new ToolResult { ExitCode = -1, Output = _output, Errors = _errors, LinesLeftOut = _leftOut };
            }
        }
    }
}
