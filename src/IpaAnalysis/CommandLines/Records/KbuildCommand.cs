namespace IpaAnalysis.CommandLines.Records;

/// <summary>The command that kbuild recorded in <c>.NAME.cmd</c> for a target.</summary>
internal sealed record KbuildCommand : RecordedCommand
{
    /// <summary>Makes a command of which nothing is known yet.</summary>
    public KbuildCommand()
    {
    }

    internal KbuildCommand(RecordedCommand command)
        : base(command)
    {
    }

    /// <summary>The target's path as written: relative to the directory kbuild ran in, or absolute for an external module.</summary>
    public required string Target { get; init; }
}
