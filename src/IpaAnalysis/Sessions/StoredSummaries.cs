using System.Globalization;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files.State;
using IpaAnalysis.Graph;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Sessions.Steps;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Store;

namespace IpaAnalysis.Sessions;

/// <summary>The store of summaries as sessions use it.</summary>
internal static class StoredSummaries
{
    private const int MaxListedReads = 20;

    /// <summary>Opens the store and reads what is new in it.</summary>
    /// <param name="collected">The units.</param>
    /// <param name="reading">The reading of its index, which has begun.</param>
    /// <param name="stamps">The states of their files; null when they are to be read.</param>
    /// <param name="files">Where both are kept.</param>
    /// <param name="settings">
    /// What the session is told. In a build that only asks nothing is written, and without states in memory those of now count, as nothing kept those.
    /// </param>
    /// <param name="cancellation">Ends the work early.</param>
    public static SummaryStore Open(
        CollectedUnits collected, StoreReading reading, UnitStamps? stamps, SessionFiles files, SessionSettings settings, CancellationToken cancellation)
    {
        var options = new SummaryStoreOptions
        {
            IndexFile = files.Summaries,
            Reading = reading,
            Threads = settings.Jobs,
            FullHash = settings.FullHash,
            OnlyAsks = settings.OnlyAsks,
            Progress = settings.Progress,
        };
        stamps ??= settings.OnlyAsks ? null : UnitStamps.TryRead(files.Memory, collected.Units.Count);
        var states = new UnitFiles[collected.Units.Count];
        for (var unit = 0; unit < states.Length; unit++)
        {
            states[unit] = stamps is null ? UnitFiles.Of(collected.Units[unit]) : UnitFiles.Of(stamps, unit);
        }

        return SummaryStore.Open(options, collected.Units, states, cancellation);
    }

    /// <summary>What became of the step: a slot for each unit.</summary>
    public static StepRun RunOf(this SummaryStore store, CollectedUnits collected)
    {
        var reasons = store.Reads.Select(static r => !r.IsChanged ? StepReason.Unchanged : r.Reason == ReadReason.New ? StepReason.New : StepReason.Modified)
            .Concat(Enumerable.Repeat(StepReason.Cached, store.Count - store.Reads.Length));
        var why = store.Reads.FirstOrDefault() is { } first ? $"{FileOf(collected.Units[first.Unit], first.Reason) ?? collected.Units[first.Unit].Object}: {Describe(first)}" : null;
        return StepRun.Of(BuildStep.Summarise, reasons, why);
    }

    /// <summary>The units of a store as the graph takes them.</summary>
    public static GraphSource ToSource(this SummaryStore store, CollectedUnits collected) => new(collected.Units, store);

    /// <summary>A hash of what the analysis makes of units: the same however often their files are touched.</summary>
    public static byte[] ContentKey(this SummaryStore store, CollectedUnits collected) =>
        new KeyBuilder().Add(collected.ListKey).Add(store.ContentKey()).ToKey();

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
}
