using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Gating.Violations;

/// <summary>An object as the gate looks at it: what the build recorded, and the names of what it is judged by.</summary>
/// <param name="Object">The object's name in the manifest.</param>
/// <param name="SourceFile">The C source in the manifest's form; null when unknown.</param>
/// <param name="Recorded">The options as the build recorded them; null when there is no record.</param>
/// <param name="DumpName">File name of the clone dump; null without one.</param>
/// <param name="FoldingRecordName">File name of the folding record; null without one.</param>
/// <param name="Paths">How source paths are written in the manifest.</param>
/// <param name="WorkingDirectory">The absolute directory that paths in the dump start from; null when unknown.</param>
internal sealed record GateUnit(
    string Object,
    string? SourceFile,
    RecordedOptions? Recorded,
    string? DumpName,
    string? FoldingRecordName,
    SourcePathMap Paths,
    string? WorkingDirectory)
{
    /// <summary>Makes it of a collected unit.</summary>
    public static GateUnit Of(Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        return new GateUnit(
            unit.Object,
            unit.SourcePath is null ? null : unit.Paths.Normalize(unit.SourcePath, unit.WorkingDirectory),
            unit.Options,
            Path.GetFileName(unit.DumpPath),
            Path.GetFileName(unit.FoldingRecordPath),
            unit.Paths,
            unit.WorkingDirectory);
    }

    /// <summary>A source file of the dump as a path that can be opened; null when its directory is unknown.</summary>
    public string? Openable(string rawPath) =>
        Path.IsPathRooted(rawPath) ? rawPath : WorkingDirectory is null ? null : Path.GetFullPath(rawPath, WorkingDirectory);
}
