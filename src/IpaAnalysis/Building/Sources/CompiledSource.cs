namespace IpaAnalysis.Building.Sources;

/// <summary>An object that is there and up to date, and the files beside it.</summary>
internal sealed record CompiledSource
{
    /// <summary>The object's identity: its path relative to the output directory, <c>/</c>-separated.</summary>
    public required string Object { get; init; }

    /// <summary>Absolute path of the object.</summary>
    public required string ObjectPath { get; init; }

    /// <summary>Absolute path of the clone dump; null when the compiler left none.</summary>
    public required string? DumpPath { get; init; }

    /// <summary>Absolute path of the call graph; null when the compiler left none.</summary>
    public required string? CallGraphPath { get; init; }

    /// <summary>Absolute path of the record of identical code folding; null when the compiler left none.</summary>
    public required string? FoldingRecordPath { get; init; }

    /// <summary>Absolute path of the source.</summary>
    public required string SourcePath { get; init; }

    /// <summary>Absolute directory that the compiler ran in: relative paths in the dumps start from it.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The command: the compiler's absolute path and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }
}
