namespace IpaAnalysis.CommandLines;

/// <summary>An entry of <c>compile_commands.json</c>.</summary>
internal sealed record CompileCommand : RecordedCommand
{
    /// <summary>Makes a command of which nothing is known yet.</summary>
    public CompileCommand()
    {
    }

    internal CompileCommand(RecordedCommand command)
        : base(command)
    {
    }

    /// <summary>The absolute path of the source, folded.</summary>
    public required string File { get; init; }

    /// <summary>The absolute path of the object, folded: <c>output</c>, else <c>-o</c>, else the source's stem in the directory.</summary>
    public required string ObjectFile { get; init; }

    /// <summary>1-based line on which the entry starts.</summary>
    public required int Line { get; init; }
}
