using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Sessions.State;

/// <summary>
/// The list of what collecting found, as it is kept for analysing. The states of the units' files are elsewhere
/// (<see cref="UnitStamps"/>): the list is the same while the tree has the same units.
/// </summary>
/// <param name="Units">The units.</param>
/// <param name="Diagnostics">What was wrong with the inputs.</param>
/// <param name="Roots">Every root that paths may be relative to.</param>
/// <param name="UntrustedDirectories">
/// The directories of trees that nobody said to trust, and of their sources; the project's own is none, though paths may be relative to it.
/// </param>
internal sealed record CollectedUnits(
    IReadOnlyList<Unit> Units, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<string> Roots, IReadOnlyList<string> UntrustedDirectories)
{
    /// <summary>Hash of the file that they were read from; empty when they were not.</summary>
    public byte[] ListKey { get; private init; } = [];

    private const string Magic = "IPAUNITS";
    private const int Version = 5;

    /// <summary>Writes them unless the file says the same already.</summary>
    public void Write(string path) => StateFile.Write(path, Magic, Version, WritePayload);

    /// <summary>Whether the file says the same already.</summary>
    public bool IsIn(string path) => StateFile.Holds(path, Magic, Version, WritePayload);

    /// <summary>Reads them.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="listKey">Hash of the file's content.</param>
    /// <exception cref="FileNotFoundException">The file is not there or damaged, though collecting has just written it or found it unchanged.</exception>
    public static CollectedUnits Read(string path, out byte[] listKey)
    {
        var units = StateFile.TryRead(path, Magic, Version, Read, out listKey);
        if (units is null)
        {
            // Else the next build would find it unchanged again.
            OutputFile.Delete(path);
            throw new FileNotFoundException("The list of units is missing; build again.", path);
        }

        return units with { ListKey = listKey };
    }

    private static CollectedUnits Read(StateReader reader)
    {
        var paths = new PathReader();
        var options = reader.ReadList(RecordedOptionsCodec.Read);
        var maps = reader.ReadList(r => new SourcePathMap(r.ReadList(r2 => r2.ReadPath())));
        return new CollectedUnits(
            reader.ReadList(r => ReadUnit(r, paths, maps, options)),
            reader.ReadList(r => r.ReadDiagnostic()),
            reader.ReadList(r => r.ReadPath()),
            reader.ReadList(r => r.ReadPath()));
    }

    /// <summary>A hash of the list and the states of the units' files; never the same when those prove nothing.</summary>
    /// <param name="files">Where both are kept.</param>
    /// <param name="listKey">Hash of the list's content.</param>
    public static byte[] KeyOf(SessionFiles files, byte[] listKey)
    {
        var states = UnitStamps.ReadKey(files.Memory);
        return new KeyBuilder().Add(listKey).Add(states.Length > 0 ? states : Guid.NewGuid().ToByteArray()).ToKey();
    }

    private void WritePayload(BinaryWriter writer)
    {
        var maps = Units.Select(u => u.Paths).Distinct().ToArray();
        var mapIndex = maps.Select((m, i) => (m, i)).ToDictionary(x => x.m, x => x.i);
        RecordedOptions[] options = [.. Units.Select(u => u.Options).OfType<RecordedOptions>().Distinct()];
        var optionsIndex = options.Select((o, i) => (o, i)).ToDictionary(x => x.o, x => x.i);
        var paths = new PathWriter();
        writer.WriteList(options, RecordedOptionsCodec.Write);
        writer.WriteList(maps, (w, m) => w.WriteList(m.Roots, (w2, r) => w2.Write(r)));
        writer.WriteList(Units, (w, u) => WriteUnit(w, paths, u, mapIndex[u.Paths], u.Options is null ? -1 : optionsIndex[u.Options]));
        writer.WriteList(Diagnostics, (w, d) => w.WriteDiagnostic(d));
        writer.WriteList(Roots, (w, r) => w.Write(r));
        writer.WriteList(UntrustedDirectories, (w, d) => w.Write(d));
    }

    private static void WriteUnit(BinaryWriter writer, PathWriter paths, Unit unit, int map, int options)
    {
        writer.Write(unit.Object);
        paths.Write(writer, unit.ObjectPath);
        paths.Write(writer, unit.DumpPath);
        paths.Write(writer, unit.CallGraphPath);
        paths.Write(writer, unit.FoldingRecordPath);
        paths.Write(writer, unit.SourcePath);
        paths.Write(writer, unit.WorkingDirectory);
        writer.Write(unit.IsLto);
        writer.Write7BitEncodedInt(map);
        writer.Write7BitEncodedInt(options + 1);
        UnitCommandCodec.Write(writer, paths, unit);
    }

    private static Unit ReadUnit(StateReader reader, PathReader paths, List<SourcePathMap> maps, List<RecordedOptions> options)
    {
        var unit = new Unit
        {
            Object = reader.ReadPath(),
            ObjectPath = paths.Read(reader),
            DumpPath = paths.Read(reader),
            CallGraphPath = paths.Read(reader),
            FoldingRecordPath = paths.Read(reader),
            SourcePath = paths.Read(reader),
            WorkingDirectory = paths.ReadShared(reader),
            IsLto = reader.ReadBoolean(),
            Paths = maps[reader.ReadIndex(maps.Count)],
            Options = reader.ReadIndex(options.Count + 1) is > 0 and var number ? options[number - 1] : null,

            // As it is in a kernel; else the next call makes another unit.
            IsRecordedBesideObject = true,
        };
        return UnitCommandCodec.Read(reader, paths, unit);
    }
}
