using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>What a collection notes for the next one, which repeats it while nothing changed.</summary>
/// <param name="Key">Hash of what was to be collected.</param>
/// <param name="List">The written list of units.</param>
/// <param name="ListKey">Hash of its content.</param>
/// <param name="UnitCount">How many units are in it.</param>
/// <param name="Diagnostics">What was reported.</param>
/// <param name="Log">What was said for detailed logs.</param>
internal sealed record CollectNotes(
    byte[] Key, FileIdentity List, byte[] ListKey, int UnitCount, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<string> Log)
{
    /// <summary>A key of list and files, or none when the files' states prove nothing.</summary>
    public static string UnitsKey(byte[] listKey, CollectionMemory memory) =>
        memory.FilesKey is { Length: > 0 } files ? Convert.ToHexString([.. listKey, .. files]) : "";

    /// <summary>Whether list and files are still those that a key was made of.</summary>
    /// <param name="files">Where they are kept.</param>
    /// <param name="unitsKey">The key.</param>
    /// <param name="threads">How many threads may look.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static bool AreCurrent(SessionFiles files, string unitsKey, int threads, CancellationToken cancellation)
    {
        var memory = CollectionMemory.Open(files.Memory, threads, forget: false, cancellation);
        return unitsKey.Length > 0 && memory.HasSameUnits && Read(memory.Notes) is { } notes
            && FileIdentity.TryGet(files.Units, out var identity) && identity == notes.List && UnitsKey(notes.ListKey, memory) == unitsKey;
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.WriteBlock(Key);
        writer.WriteIdentity(List);
        writer.WriteBlock(ListKey);
        writer.Write(UnitCount);
        writer.WriteList(Diagnostics, static (w, d) => w.WriteDiagnostic(d));
        writer.WriteList(Log, static (w, l) => w.Write(l));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads them; null when there are none that can be used.</summary>
    public static CollectNotes? Read(byte[]? bytes)
    {
        return bytes is null ? null : StateFile.TryDecode(new StateReader(bytes), static reader => new CollectNotes(
            reader.ReadBlock(),
            reader.ReadIdentity(),
            reader.ReadBlock(),
            reader.ReadInt32(),
            reader.ReadList(static r => r.ReadDiagnostic()),
            reader.ReadList(static r => r.ReadString())));
    }
}
