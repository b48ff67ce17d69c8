using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Summaries.Store;

/// <summary>What tells, without reading them, that the files of a unit are those that were read: a hash of each path and identity.</summary>
/// <param name="Unit">Which unit, and how its files are read.</param>
/// <param name="Object">The object.</param>
/// <param name="Dump">The clone dump.</param>
/// <param name="CallGraph">The call graph.</param>
/// <param name="FoldingRecord">The folding record.</param>
internal readonly record struct UnitStamp(ulong Unit, ulong Object, ulong Dump, ulong CallGraph, ulong FoldingRecord)
{
    /// <summary>What equals no stamp: the next build reads the file again.</summary>
    private const ulong Unsettled = 0;

    /// <summary>The stamp of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="files">Its files.</param>
    /// <param name="observed">When their reading began at the earliest (<see cref="FileIdentity.NowNanoseconds"/>).</param>
    public static UnitStamp Of(Unit unit, in UnitFiles files, long observed) => new(
        StableHash.Of((unit.IsLto ? 1ul : 0) | (unit.Options is null ? 2ul : 0), StableHash.Of(unit.Object)),
        Of(unit.ObjectPath, files.Object, observed),
        Of(unit.DumpPath, files.Dump, observed),
        Of(unit.CallGraphPath, files.CallGraph, observed),
        Of(unit.FoldingRecordPath, files.FoldingRecord, observed));

    /// <summary>Why what this stamp was taken of must be read again; null when nothing changed since an earlier one.</summary>
    public ReadReason? ChangeSince(in UnitStamp earlier) =>
        Differs(Dump, earlier.Dump) ? ReadReason.DumpChanged
        : Differs(Object, earlier.Object) ? ReadReason.ObjectChanged
        : Differs(CallGraph, earlier.CallGraph) ? ReadReason.CallGraphChanged
        : Differs(FoldingRecord, earlier.FoldingRecord) ? ReadReason.FoldingRecordChanged
        : null;

    private static bool Differs(ulong now, ulong earlier) => now != earlier || now == Unsettled;

    private static ulong Of(string? path, FileIdentity? identity, long observed)
    {
        var hash = StableHash.Of(path);
        if (identity is { } i)
        {
            if (!i.IsSettledAt(observed))
            {
                return Unsettled;
            }

            hash = StableHash.Of((ulong)i.Length, hash);
            hash = StableHash.Of((ulong)i.ModifiedNanoseconds, hash);
            hash = StableHash.Of((ulong)i.ChangedNanoseconds, hash);
            hash = StableHash.Of(i.Inode, hash);
            hash = StableHash.Of(i.Device, hash);
        }

        return Math.Max(hash, 1);
    }
}
