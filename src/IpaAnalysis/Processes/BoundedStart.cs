using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace IpaAnalysis.Processes;

/// <summary>
/// Starts a program with limits of resources. .NET has no hook between fork and exec, and the limits of this process are not ours to
/// change: a shell sets them and becomes the program, with the same process id.
/// </summary>
internal sealed class BoundedStart
{
    // Begins the shell's own messages (its $0).
    private const string Name = "ipa-bounds";

    // The numbers of most processors, all that .NET runs on among them (include/uapi/asm-generic/resource.h).
    private const int ProcessorResource = 0;
    private const int FileResource = 1;
    private const int AddressSpaceResource = 9;

    // POSIX counts the file size in blocks of 512 bytes (bash does when it is started as sh); address space is in kB everywhere.
    private const long BlockSize = 512;
    private const long KiloByte = 1024;

    // What shells add to the environment: the program shall not see it unless the caller gave it. (bash leaves SHLVL and _ behind.)
    private static readonly string[] s_shellVariables = ["PWD", "OLDPWD"];

    private readonly RunBounds _bounds;
    private readonly string _script;

    /// <summary>Works out the limits from the bounds and those that this process has.</summary>
    /// <param name="bounds">The bounds.</param>
    /// <param name="environment">What the program shall see.</param>
    public BoundedStart(RunBounds bounds, IReadOnlyDictionary<string, string> environment)
        : this(bounds, environment, OwnLimits)
    {
    }

    /// <summary>Works out the limits from the bounds and others, soft and hard, by the number of the resource.</summary>
    internal BoundedStart(RunBounds bounds, IReadOnlyDictionary<string, string> environment, Func<int, (long Soft, long Hard)> limitsOf)
    {
        _bounds = bounds;
        var script = new StringBuilder("ulimit -c 0");
        if (bounds.ProcessorTime is { } time)
        {
            var (soft, hard) = limitsOf(ProcessorResource);
            ProcessorSeconds = Math.Max(1, Math.Min((long)Math.Ceiling(time.TotalSeconds), soft));

            // At the soft limit comes a signal that says what happened, at the hard one a plain kill: they must not coincide.
            Append(script, "-S -t", ProcessorSeconds.Value);
            Append(script, "-H -t", Math.Min(ProcessorSeconds.Value + 1, hard));
        }

        if (bounds.FileBytes is { } file)
        {
            FileBlocks = Math.Min(file, limitsOf(FileResource).Soft) / BlockSize;
            Append(script, "-f", FileBlocks.Value);
        }

        if (bounds.MemoryBytes is { } memory)
        {
            MemoryKiloBytes = Math.Min(memory, limitsOf(AddressSpaceResource).Soft) / KiloByte;
            Append(script, "-v", MemoryKiloBytes.Value);
        }

        foreach (var variable in s_shellVariables)
        {
            if (!environment.ContainsKey(variable))
            {
                script.Append(" && unset ").Append(variable);
            }
        }

        // A limit that cannot be set must not leave a program without it.
        _script = script.Append(" && exec \"$@\"").ToString();
    }

    private long? ProcessorSeconds { get; }

    private long? FileBlocks { get; }

    private long? MemoryKiloBytes { get; }

    /// <summary>The program to start instead.</summary>
    public string Shell => _bounds.Shell;

    /// <summary>Its arguments.</summary>
    public IEnumerable<string> Arguments(ToolRequest request) => ["-c", _script, Name, request.Program, .. request.Arguments];

    /// <summary>Why the program was not started, in the system's words without a path; null when it was.</summary>
    public static string? StartError(ToolResult result)
    {
        if (result.ExitCode == 0 || result.Errors is not [.., var last] || !last.StartsWith(Name + ": ", StringComparison.Ordinal))
        {
            return null;
        }

        var why = last[(last.LastIndexOf(": ", StringComparison.Ordinal) + 2)..];
        return why == "not found" ? "No such file or directory" : why;
    }

    /// <summary>
    /// Which of the limits ended the run. Not asked when it succeeded. A driver reports the signal of its child in words and ends with
    /// a status of its own, so both count; words that a source made the compiler print can only rename the cause of a failure.
    /// </summary>
    public BoundExceeded? ExceededBy(ToolResult result)
    {
        const int processorSignal = 128 + 24;
        const int fileSignal = 128 + 25;
        if (ProcessorSeconds is { } seconds && (result.ExitCode == processorSignal || Says("CPU time limit exceeded")))
        {
            return BoundExceeded.ProcessorTime(TimeSpan.FromSeconds(seconds));
        }

        if (FileBlocks is { } blocks && (result.ExitCode == fileSignal || Says("File size limit exceeded") || Says("File too large")))
        {
            return BoundExceeded.FileSize(blocks * BlockSize);
        }

        return MemoryKiloBytes is { } memory
            && (Says("out of memory allocating") || Says("Cannot allocate memory") || Says("memory exhausted") || Says("std::bad_alloc"))
                ? BoundExceeded.Memory(memory * KiloByte)
                : null;

        bool Says(string words) => result.Errors.Any(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    private static void Append(StringBuilder script, string option, long value) =>
        script.Append(" && ulimit ").Append(option).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture));

    private static (long Soft, long Hard) OwnLimits(int resource) =>
        getrlimit(resource, out var limit) == 0 ? (Clamp(limit.Soft), Clamp(limit.Hard)) : (long.MaxValue, long.MaxValue);

    private static long Clamp(nuint value) => value > long.MaxValue ? long.MaxValue : (long)value;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, out Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit
    {
        public readonly nuint Soft;
        public readonly nuint Hard;
    }
}
