using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection;

/// <summary>The states of the units' files, as collecting saw them before anything read their content.</summary>
internal sealed class UnitStamps
{
    private const int FilesPerUnit = 4;

    private readonly FileIdentity[] _identities;

    private UnitStamps(FileIdentity[] identities) => _identities = identities;

    /// <summary>Reads them from collecting's memory.</summary>
    /// <param name="path">Absolute path of the memory; see <see cref="CollectionMemory"/>.</param>
    /// <param name="unitCount">How many units there are.</param>
    /// <returns>Null when there is no memory that can be used.</returns>
    public static UnitStamps? TryRead(string path, int unitCount)
    {
        return Snapshot.TryRead(path) is { } snapshot ? Of(snapshot, unitCount) : null;
    }

    /// <summary>A hash of the states of all units' files; empty when there are none, or when a change might not show in one.</summary>
    /// <param name="path">Absolute path of the memory; see <see cref="CollectionMemory"/>.</param>
    public static byte[] ReadKey(string path)
    {
        return Snapshot.TryRead(path) is { } snapshot ? UnitFileStates.KeyOf(snapshot.Entries) : [];
    }

    /// <summary>Takes them from what was read; null when that is of other units.</summary>
    internal static UnitStamps? Of(Snapshot snapshot, int unitCount)
    {
        var identities = new FileIdentity[unitCount * FilesPerUnit];
        foreach (ref readonly var entry in snapshot.Entries)
        {
            if (entry.Kind == QuestionKind.UnitFile)
            {
                if (entry.OtherDirectory >= unitCount)
                {
                    return null;
                }

                identities[(entry.OtherDirectory * FilesPerUnit) + entry.OtherName] = entry.Identity;
            }
        }

        return new UnitStamps(identities);
    }

    /// <summary>The state of a unit's file; the default when the unit has none or it is not there.</summary>
    /// <param name="unit">The unit's place in the list of units.</param>
    /// <param name="file">Which of its files.</param>
    public FileIdentity Of(int unit, UnitFile file) => _identities[(unit * FilesPerUnit) + (int)file];
}
