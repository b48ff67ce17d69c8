using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Commands;
using IpaAnalysis.Files;

namespace IpaAnalysis.MSBuild;

/// <summary>What collecting found, as it is kept for analysing; its bytes change whenever a file of a unit does.</summary>
/// <param name="Units">The units.</param>
/// <param name="Diagnostics">What was wrong with the inputs.</param>
/// <param name="Roots">Every root that paths may be relative to.</param>
internal sealed record CollectedUnits(
    IReadOnlyList<Unit> Units, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<string> Roots)
{
    private const string Magic = "IPAUNITS";
    private const int Version = 2;

    /// <summary>Writes them, with size and time of every file, unless the file says the same already.</summary>
    public void Write(string path)
    {
        var maps = Units.Select(u => u.Paths).Distinct().ToArray();
        var mapIndex = maps.Select((m, i) => (m, i)).ToDictionary(x => x.m, x => x.i);
        RecordedOptions[] options = [.. Units.Select(u => u.Options).OfType<RecordedOptions>().Distinct()];
        var optionsIndex = options.Select((o, i) => (o, i)).ToDictionary(x => x.o, x => x.i);
        StateFile.Write(path, Magic, Version, writer =>
        {
            writer.WriteList(options, RecordedOptionsCodec.Write);
            writer.WriteList(maps, (w, m) => w.WriteList(m.Roots, (w2, r) => w2.Write(r)));
            writer.WriteList(Units, (w, u) => WriteUnit(w, u, mapIndex[u.Paths], u.Options is null ? -1 : optionsIndex[u.Options]));
            writer.WriteList(Diagnostics, (w, d) => w.WriteDiagnostic(d));
            writer.WriteList(Roots, (w, r) => w.Write(r));
        });
    }

    /// <summary>Reads them.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="key">Hash of the file's content.</param>
    /// <exception cref="FileNotFoundException">The file is not there or damaged, though collecting has just written it.</exception>
    public static CollectedUnits Read(string path, out byte[] key)
    {
        using var reader = StateFile.TryRead(path, Magic, Version, out key)
            ?? throw new FileNotFoundException("The list of units is missing; build again.", path);
        var options = reader.ReadList(RecordedOptionsCodec.Read);
        var maps = reader.ReadList(r => new SourcePathMap(r.ReadList(r2 => r2.ReadString())));
        return new CollectedUnits(
            reader.ReadList(r => ReadUnit(r, maps, options)),
            reader.ReadList(r => r.ReadDiagnostic()),
            reader.ReadList(r => r.ReadString()));
    }

    private static void WriteUnit(BinaryWriter writer, Unit unit, int map, int options)
    {
        writer.Write(unit.Object);
        WriteFile(writer, unit.ObjectPath);
        WriteFile(writer, unit.DumpPath);
        WriteFile(writer, unit.CallGraphPath);
        WriteFile(writer, unit.FoldingRecordPath);
        writer.WriteText(unit.SourcePath);
        writer.WriteText(unit.WorkingDirectory);
        writer.Write(unit.IsLto);
        writer.Write(map);
        writer.Write(options);
    }

    private static Unit ReadUnit(BinaryReader reader, List<SourcePathMap> maps, List<RecordedOptions> options) => new()
    {
        Object = reader.ReadString(),
        ObjectPath = ReadFile(reader),
        DumpPath = ReadFile(reader),
        CallGraphPath = ReadFile(reader),
        FoldingRecordPath = ReadFile(reader),
        SourcePath = reader.ReadText(),
        WorkingDirectory = reader.ReadText(),
        IsLto = reader.ReadBoolean(),
        Paths = maps[reader.ReadInt32()],
        Options = reader.ReadInt32() is >= 0 and var index ? options[index] : null,
    };

    private static void WriteFile(BinaryWriter writer, string? path)
    {
        writer.WriteText(path);
        if (path is not null)
        {
            var info = new FileInfo(path);
            writer.Write(info.Exists ? info.Length : -1);
            writer.Write(info.Exists ? info.LastWriteTimeUtc.Ticks : 0);
        }
    }

    private static string? ReadFile(BinaryReader reader)
    {
        var path = reader.ReadText();
        if (path is not null)
        {
            reader.ReadInt64();
            reader.ReadInt64();
        }

        return path;
    }
}
