using System.Globalization;
using System.Security.Cryptography;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Store;

namespace IpaAnalysis.MSBuild;

/// <summary>The store of summaries as the analysing tasks use it: it lies beside the list of units.</summary>
internal static class StoredSummaries
{
    /// <summary>Who the store's files belong to in the list of outputs.</summary>
    public const string OutputCategory = "store";

    private const string IndexFile = "summaries.state";
    private const int MaxListedReads = 20;

    /// <summary>Begins to read the store's index.</summary>
    /// <param name="unitsFile">Absolute path of the list of units.</param>
    public static StoreReading Begin(string unitsFile) => StoreReading.Begin(IndexFileOf(unitsFile));

    /// <summary>Opens the store and reads what is new in it.</summary>
    /// <param name="collected">The units.</param>
    /// <param name="reading">The reading of its index, which has begun.</param>
    /// <param name="stamps">The states of their files; null when they are to be read.</param>
    /// <param name="unitsFile">Absolute path of the list that they were kept in.</param>
    /// <param name="threads">How many units to read at once.</param>
    /// <param name="fullHash">Whether to read all of them.</param>
    /// <param name="onlyAsks">Whether nothing is written; without states in memory those of now count, as nothing kept those.</param>
    /// <param name="progress">Is told how many units were read.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static SummaryStore Open(
        CollectedUnits collected,
        StoreReading reading,
        UnitStamps? stamps,
        string unitsFile,
        int threads,
        bool fullHash,
        bool onlyAsks,
        IProgress<WorkProgress> progress,
        CancellationToken cancellation)
    {
        var options = new SummaryStoreOptions
        {
            IndexFile = IndexFileOf(unitsFile),
            Reading = reading,
            Threads = threads,
            FullHash = fullHash,
            OnlyAsks = onlyAsks,
            Progress = progress,
        };
        stamps ??= onlyAsks ? null : UnitStamps.TryRead(CollectedUnits.MemoryFile(unitsFile), collected.Units.Count);
        var files = new UnitFiles[collected.Units.Count];
        for (var unit = 0; unit < files.Length; unit++)
        {
            files[unit] = stamps is null ? UnitFiles.Of(collected.Units[unit]) : UnitFiles.Of(stamps, unit);
        }

        return SummaryStore.Open(options, collected.Units, files, cancellation);
    }

    /// <summary>The units of a store as the graph takes them.</summary>
    public static GraphSource ToSource(this SummaryStore store, CollectedUnits collected) => new(collected.Units, store);

    /// <summary>A hash of what the analysis makes of units: the same however often their files are touched.</summary>
    public static byte[] ContentKey(this SummaryStore store, CollectedUnits collected) =>
        SHA256.HashData([.. collected.ListKey, .. store.ContentKey()]);

    /// <summary>What was read and why, a line each.</summary>
    public static IEnumerable<string> Describe(this SummaryStore store, CollectedUnits collected)
    {
        foreach (var read in store.Reads.Take(MaxListedReads))
        {
            yield return $"{collected.Units[read.Unit].Object} was read: {Describe(read)}.";
        }

        if (store.Reads.Length > MaxListedReads)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{store.Reads.Length - MaxListedReads} more were read.");
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"Read {store.Reads.Length} of {store.Count} units.");
    }

    /// <summary>The file whose change made a unit be read; null when no one file did.</summary>
    public static string? FileOf(Unit unit, ReadReason reason) => reason switch
    {
        ReadReason.ObjectChanged => unit.ObjectPath,
        ReadReason.DumpChanged => unit.DumpPath,
        ReadReason.CallGraphChanged => unit.CallGraphPath,
        ReadReason.FoldingRecordChanged => unit.FoldingRecordPath,
        _ => null,
    };

    private static string Describe(UnitRead read)
    {
        var reason = read.Reason switch
        {
            ReadReason.ObjectChanged => "its object changed",
            ReadReason.DumpChanged => "its dump changed",
            ReadReason.CallGraphChanged => "its call graph changed",
            ReadReason.FoldingRecordChanged => "its folding record changed",
            ReadReason.StoreDamaged => "what was stored of it is damaged",
            ReadReason.FullHash => "IpaFullHash is true",
            _ => "new",
        };
        return read.IsChanged ? reason : $"{reason}, but it says the same as before";
    }

    private static string IndexFileOf(string unitsFile) => Path.Combine(Path.GetDirectoryName(unitsFile)!, IndexFile);
}
