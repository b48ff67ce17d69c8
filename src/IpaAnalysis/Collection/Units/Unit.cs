using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Collection.Units;

/// <summary>An object compiled from C for the target, and the files that tell about it. Paths are absolute.</summary>
internal sealed record Unit
{
    /// <summary>The object's name in the manifest: relative to its input's base, <c>/</c>-separated, after the tree's name if it has one.</summary>
    public required string Object { get; init; }

    /// <summary>The object; null when only its dump is there.</summary>
    public string? ObjectPath { get; init; }

    /// <summary>The clone dump; null when there is none that is certainly this unit's.</summary>
    public string? DumpPath { get; init; }

    /// <summary>The call graph of <c>-fcallgraph-info</c>.</summary>
    public string? CallGraphPath { get; init; }

    /// <summary>GCC's record of identical code folding, <c>-fdump-ipa-icf</c>.</summary>
    public string? FoldingRecordPath { get; init; }

    /// <summary>The C source, whether it exists or not; null when unknown.</summary>
    public string? SourcePath { get; init; }

    /// <summary>The directory the compiler ran in, against which paths in the dump are resolved; null when unknown.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The file that recorded the command: kbuild's <c>.NAME.o.cmd</c> or <c>compile_commands.json</c>.</summary>
    public string? CommandFile
    {
        get => field ?? (IsRecordedBesideObject ? BesideObject : null);
        init;
    }

    /// <summary>Where the command put the object, if something moved or renamed it since; else null.</summary>
    public string? CompiledTo { get; init; }

    /// <summary>
    /// Whether <see cref="CommandFile"/> is where kbuild puts it: a text that is wanted of a few units is then not kept for all.
    /// </summary>
    public bool IsRecordedBesideObject { get; init; }

    /// <summary>The recorded command; null when none is known.</summary>
    public RecordedCommand? Command { get; init; }

    /// <summary>
    /// The options that the unit was compiled with, as the build recorded them; null when there is no record and the object
    /// itself must tell.
    /// </summary>
    public RecordedOptions? Options { get; init; }

    /// <summary>Whether the recorded command compiles for link-time optimisation; then the unit has no dump.</summary>
    public bool IsLto { get; init; }

    /// <summary>How source paths in the unit's files are written in the manifest.</summary>
    public required SourcePathMap Paths { get; init; }

    /// <summary>Where kbuild writes the command of the object; null when there is no object.</summary>
    public string? BesideObject => ObjectPath is { } path && path.LastIndexOf('/') is var slash
        ? string.Concat(string.Concat(path.AsSpan(0, slash + 1), ".", path.AsSpan(slash + 1)), ".cmd")
        : null;
}
