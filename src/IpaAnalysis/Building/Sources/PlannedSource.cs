namespace IpaAnalysis.Building.Sources;

/// <summary>A source that can be compiled, and how.</summary>
internal sealed record PlannedSource
{
    /// <summary>Absolute path.</summary>
    public required string SourcePath { get; init; }

    /// <summary>The path as it is given to gcc.</summary>
    public required string SourceArgument { get; init; }

    /// <summary>The object's identity.</summary>
    public required string Object { get; init; }

    /// <summary>The names of what the compile leaves.</summary>
    public required ObjectOutputs Outputs { get; init; }

    /// <summary>Every argument of gcc.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The user's among them: those of all sources and its own.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Hash of directory, arguments and the variables that gcc looks at.</summary>
    public required string CommandHash { get; init; }
}
