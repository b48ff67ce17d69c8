namespace IpaAnalysis.Processes;

/// <summary>One run of a program. Nothing is taken from this process: directory and environment are the caller's.</summary>
internal sealed record ToolRequest
{
    /// <summary>Absolute path of the program; it is started directly, never through a shell.</summary>
    public required string Program { get; init; }

    /// <summary>The arguments, each passed exactly as it is.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Absolute path of the directory to run in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The whole environment of the program, apart from the locale, which is always C.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Variables of <see cref="Environment"/> that the program shall not see.</summary>
    public IReadOnlyCollection<string> RemovedVariables { get; init; } = [];

    /// <summary>
    /// Called for each line as it comes, with true for standard error; calls never overlap.
    /// When set, the result holds no lines.
    /// </summary>
    public Action<string, bool>? OnLine { get; init; }

    /// <summary>How many lines of each stream the result keeps; the rest is counted.</summary>
    public int MaxLines { get; init; } = 20_000;

    /// <summary>How many characters of each stream the result keeps; the lines behind are counted.</summary>
    public long MaxCharacters { get; init; } = 32 << 20;

    /// <summary>How far the run may go; null: as far as it likes.</summary>
    public RunBounds? Bounds { get; init; }
}
