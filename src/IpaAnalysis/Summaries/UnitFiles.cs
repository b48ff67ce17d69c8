using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Summaries;

/// <summary>What the file system said about the files of a unit before they were read; null for what is not there.</summary>
/// <param name="Object">The object.</param>
/// <param name="Dump">The clone dump.</param>
/// <param name="CallGraph">The call graph.</param>
/// <param name="FoldingRecord">The folding record.</param>
internal readonly record struct UnitFiles(FileIdentity? Object, FileIdentity? Dump, FileIdentity? CallGraph, FileIdentity? FoldingRecord)
{
    /// <summary>Asks for the files of a unit.</summary>
    public static UnitFiles Of(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return new UnitFiles(Ask(unit.ObjectPath), Ask(unit.DumpPath), Ask(unit.CallGraphPath), Ask(unit.FoldingRecordPath));
    }

    /// <summary>Takes what collecting saw of the files of a unit.</summary>
    /// <param name="stamps">What it saw.</param>
    /// <param name="unit">The unit's place in the list of units.</param>
    public static UnitFiles Of(UnitStamps stamps, int unit)
    {
        ArgumentNullException.ThrowIfNull(stamps);
        return new UnitFiles(Seen(UnitFile.Object), Seen(UnitFile.Dump), Seen(UnitFile.CallGraph), Seen(UnitFile.FoldingRecord));

        FileIdentity? Seen(UnitFile file) => stamps.Of(unit, file) is var identity && identity != default ? identity : null;
    }

    private static FileIdentity? Ask(string? path) =>
        path is not null && FileIdentity.TryGet(path, out var identity) ? identity : null;
}
