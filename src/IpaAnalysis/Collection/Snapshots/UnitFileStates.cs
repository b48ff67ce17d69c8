using System.Runtime.InteropServices;
using System.Security.Cryptography;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>The states of the units' files in a snapshot.</summary>
internal static class UnitFileStates
{
    public const int FilesPerUnit = 4;
    private const int Share = 512;

    /// <summary>Looks at the files of all units and adds them.</summary>
    public static void Add(SnapshotWriter writer, IReadOnlyList<Unit> units, int threads)
    {
        var settling = new Settling();
        var states = new (FileIdentity Identity, bool IsSettled)[units.Count * FilesPerUnit];
        Parallel.For(0, units.Count, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, unit =>
        {
            for (var which = 0; which < FilesPerUnit; which++)
            {
                if (PathOf(units[unit], (UnitFile)which) is { } path)
                {
                    ref var state = ref states[(unit * FilesPerUnit) + which];
                    state.IsSettled = settling.Await(path, out state.Identity) || state.Identity == default;
                }
            }
        });
        for (var i = 0; i < states.Length; i++)
        {
            if (PathOf(units[i / FilesPerUnit], (UnitFile)(i % FilesPerUnit)) is { } path)
            {
                writer.AddFile(i / FilesPerUnit, i % FilesPerUnit, path, states[i].Identity, states[i].IsSettled);
            }
        }
    }

    /// <summary>A hash of the states; empty when one is not settled.</summary>
    public static byte[] KeyOf(ReadOnlySpan<SnapshotEntry> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var states = new FileIdentity[Share];
        var count = 0;
        foreach (ref readonly var entry in entries)
        {
            if (entry.Kind != QuestionKind.UnitFile)
            {
                continue;
            }

            if (entry.IsSettled == 0)
            {
                return [];
            }

            states[count++] = entry.Identity;
            if (count == Share)
            {
                hash.AppendData(MemoryMarshal.AsBytes(states.AsSpan()));
                count = 0;
            }
        }

        hash.AppendData(MemoryMarshal.AsBytes(states.AsSpan(0, count)));
        return hash.GetHashAndReset();
    }

    private static string? PathOf(Unit unit, UnitFile file) => file switch
    {
        UnitFile.Object => unit.ObjectPath,
        UnitFile.Dump => unit.DumpPath,
        UnitFile.CallGraph => unit.CallGraphPath,
        _ => unit.FoldingRecordPath,
    };
}
