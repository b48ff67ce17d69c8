using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>The files that a list of kbuild names.</summary>
/// <param name="Names">Paths from the list's directory, not folded, or absolute ones; see <see cref="CommandLines.Records.KbuildList"/>.</param>
internal sealed record KbuildFiles(ImmutableArray<string> Names)
{
    /// <summary>Reads a list and, as it says what the names are relative to, the record beside it.</summary>
    /// <returns>Null when one of both cannot be read.</returns>
    public static KbuildFiles? At(string path)
    {
        try
        {
            var record = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}{ArtifactName.Command}");
            var ignored = new DiagnosticBag();
            return KbuildCommandReader.Read(record, ignored) is { } command
                ? new KbuildFiles([.. CommandLines.Records.KbuildList.Read(InputFile.ReadAllBytes(path, FileRole.KbuildRecord), command.Target)])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Write(BinaryWriter writer, KbuildFiles? files)
    {
        writer.Write(files is not null);
        if (files is not null)
        {
            writer.WriteList(files.Names, static (w, name) => w.Write(name));
        }
    }

    public static KbuildFiles? Read(StateReader reader) =>
        reader.ReadBoolean() ? new KbuildFiles([.. reader.ReadList(static r => r.ReadString())]) : null;
}
