namespace IpaAnalysis.Processes;

/// <summary>
/// How far a run may go before it is ended with all it started. A null is no bound. A lower limit that the user has set
/// (<c>ulimit</c>) stays; core files are never written.
/// </summary>
internal sealed record RunBounds
{
    /// <summary>For asking a program about itself, which takes milliseconds.</summary>
    public static RunBounds OfQuestion { get; } = new()
    {
        ProcessorTime = TimeSpan.FromMinutes(1),
        MemoryBytes = 2L << 30,
        FileBytes = 1L << 20,
        IdleTime = TimeSpan.FromSeconds(15),
        OutputBytes = 4L << 20,
    };

    /// <summary>Processor time of each process, which the kernel watches, and of all together, which is looked at about each second.</summary>
    public TimeSpan? ProcessorTime { get; init; }

    /// <summary>Address space of each process, in bytes (counted in kB).</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Size of each file that is written, in bytes (counted in blocks of 512).</summary>
    public long? FileBytes { get; init; }

    /// <summary>How many processes may be there at once, the program among them.</summary>
    public int? Processes { get; init; }

    /// <summary>Time from the start.</summary>
    public TimeSpan? WallTime { get; init; }

    /// <summary>
    /// Time in which no process of the tree used the processor, ran or waited for a disk, and no output came: it waits for
    /// something that may never come, such as the writer of a FIFO.
    /// </summary>
    public TimeSpan? IdleTime { get; init; }

    /// <summary>What may be printed on each stream, in bytes.</summary>
    public long? OutputBytes { get; init; }

    /// <summary>The shell that sets the limits and becomes the program.</summary>
    internal string Shell { get; init; } = "/bin/sh";
}
