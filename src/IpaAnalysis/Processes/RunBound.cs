namespace IpaAnalysis.Processes;

/// <summary>What of a run is bounded.</summary>
internal enum RunBound
{
    /// <summary>Processor time of the program and all it starts.</summary>
    ProcessorTime,

    /// <summary>Address space of one process.</summary>
    Memory,

    /// <summary>Size of one file that it writes.</summary>
    FileSize,

    /// <summary>How many processes it has at once.</summary>
    Processes,

    /// <summary>Time from start to end.</summary>
    WallTime,

    /// <summary>Time in which nothing of it did anything.</summary>
    IdleTime,

    /// <summary>What it prints on one stream.</summary>
    Output,
}
