using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Summaries.Store;

/// <summary>Where summaries are kept between builds, and how units are read that are not there.</summary>
internal sealed record SummaryStoreOptions
{
    /// <summary>
    /// Absolute path of the store's index; the files it refers to lie beside it. Null: nothing is kept, neither in files nor
    /// in memory but what is known without loading, and a unit is read again when it is asked for.
    /// </summary>
    public required string? IndexFile { get; init; }

    /// <summary>The reading of <see cref="IndexFile"/> if it has begun; null when it is still to be read.</summary>
    public StoreReading? Reading { get; init; }

    /// <summary>How many units to read at once.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether to read every file, whatever its time stamps say.</summary>
    public bool FullHash { get; init; }

    /// <summary>Whether nothing is written, for a build that only asks: what is new is read again when it is asked for.</summary>
    public bool OnlyAsks { get; init; }

    /// <summary>Is told how many units were read.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }
}
