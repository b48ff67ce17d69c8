using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Commands;
using IpaAnalysis.Files;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.MSBuild;

/// <summary>The store of summaries as the analysing tasks use it: it lies beside the list of units.</summary>
internal static class StoredSummaries
{
    /// <summary>Who the store's files belong to in the list of outputs.</summary>
    public const string OutputCategory = "store";

    private const string IndexFile = "summaries.state";
    private const int MaxListedReads = 20;

    /// <summary>Opens the store and reads what is new in it.</summary>
    /// <param name="collected">The units.</param>
    /// <param name="unitsFile">Absolute path of the list that they were kept in.</param>
    /// <param name="threads">How many units to read at once.</param>
    /// <param name="fullHash">Whether to read all of them.</param>
    /// <param name="progress">Is told how many units were read.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static SummaryStore Open(
        CollectedUnits collected, string unitsFile, int threads, bool fullHash, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var options = new SummaryStoreOptions
        {
            IndexFile = Path.Combine(Path.GetDirectoryName(unitsFile)!, IndexFile),
            Threads = threads,
            FullHash = fullHash,
            Progress = progress,
        };
        var stamps = UnitStamps.TryRead(CollectedUnits.MemoryFile(unitsFile), collected.Units.Count);
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
    public static byte[] ContentKey(this SummaryStore store, CollectedUnits collected)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        var maps = new Dictionary<SourcePathMap, int>(ReferenceEqualityComparer.Instance);
        var options = new Dictionary<RecordedOptions, int>(ReferenceEqualityComparer.Instance);
        foreach (var unit in collected.Units)
        {
            writer.Write(unit.Object);
            writer.WriteText(unit.ObjectPath);
            writer.WriteText(unit.DumpPath);
            writer.WriteText(unit.CallGraphPath);
            writer.WriteText(unit.FoldingRecordPath);
            writer.WriteText(unit.SourcePath);
            writer.WriteText(unit.WorkingDirectory);
            WriteOnce(unit.Paths, maps, static (w, m) => w.WriteList(m.Roots, static (w2, r) => w2.Write(r)));
            WriteOnce(unit.Options, options, RecordedOptionsCodec.Write);
            Append();
        }

        writer.WriteList(collected.Diagnostics, static (w, d) => w.WriteDiagnostic(d));
        writer.WriteList(collected.Roots, static (w, r) => w.Write(r));
        writer.Write(store.ContentKey());
        Append();
        return hash.GetHashAndReset();

        void Append()
        {
            writer.Flush();
            hash.AppendData(stream.GetBuffer().AsSpan(0, (int)stream.Length));
            stream.SetLength(0);
        }

        // A whole tree shares some dozens of these.
        void WriteOnce<T>(T? value, Dictionary<T, int> known, Action<BinaryWriter, T> write)
            where T : class
        {
            var index = -1;
            var isNew = value is not null && !known.TryGetValue(value, out index);
            writer.Write(isNew ? known[value!] = known.Count : index);
            if (isNew)
            {
                write(writer, value!);
            }
        }
    }

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
