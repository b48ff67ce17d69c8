using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IpaAnalysis.Benchmarks.Measuring;

/// <summary>
/// Measures processes. Each is started by a process of its own, this program again, as the kernel tells the peak memory
/// of children only as the maximum over all of them since the start (getrusage(2), <c>RUSAGE_CHILDREN</c>).
/// </summary>
internal static partial class Launcher
{
    /// <summary>The first argument of the process in between.</summary>
    public const string Verb = "--launch";

    private const int Children = -1;

    // Would change what the builds under test do.
    private static readonly string[] s_inheritedPrefixes = ["MSBUILD", "DOTNET_HOST", "IPA", "COREHOST_"];
    private static readonly string[] s_inheritedNames = ["CI", "TF_BUILD", "Configuration", "Platform", "Version"];

    /// <summary>Runs a program to its end.</summary>
    /// <param name="logFile">Gets what it prints.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="program">A name on PATH or a path.</param>
    /// <param name="arguments">One per element.</param>
    /// <exception cref="InvalidOperationException">It failed; the message ends in what it printed.</exception>
    public static ProcessCost Run(string logFile, string directory, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. HostArguments(), Verb, logFile, program, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.ToArray())
        {
            if (s_inheritedNames.Contains(name) || s_inheritedPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
            {
                start.Environment.Remove(name);
            }
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var fields = process.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        process.WaitForExit();
        if (process.ExitCode != 0 || fields is not [var wall, var cpu, var peak])
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed:\n{(File.Exists(logFile) ? File.ReadAllText(logFile) : "")}");
        }

        return new ProcessCost(TimeSpan.FromMicroseconds(Number(wall)), TimeSpan.FromMicroseconds(Number(cpu)), Number(peak));
    }

    /// <summary>What the process in between does: prints wall µs, CPU µs and peak bytes.</summary>
    public static int Measure(string logFile, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var watch = Stopwatch.StartNew();
        int exitCode;
        using (var log = new StreamWriter(logFile) { AutoFlush = false })
        using (var process = Process.Start(start)!)
        {
            process.OutputDataReceived += (_, e) => Append(log, e.Data);
            process.ErrorDataReceived += (_, e) => Append(log, e.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            process.WaitForExit();
            exitCode = process.ExitCode;
        }

        var wall = watch.Elapsed;

        // struct rusage of 64-bit Linux: user and system time as seconds and microseconds, then ru_maxrss in KiB.
        Span<long> usage = stackalloc long[18];
        if (GetResourceUsage(Children, usage) != 0)
        {
            return 1;
        }

        var cpu = ((usage[0] + usage[2]) * 1_000_000) + usage[1] + usage[3];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(long)wall.TotalMicroseconds} {cpu} {usage[4] * 1024}"));
        return exitCode;
    }

    private static void Append(StreamWriter log, string? line)
    {
        lock (log)
        {
            log.WriteLine(line);
        }
    }

    /// <summary>Nothing when this program runs as an executable, its assembly when <c>dotnet</c> hosts it.</summary>
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Launcher).Assembly.Location] : [];

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, Span<long> usage);
}
