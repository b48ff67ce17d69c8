namespace IpaAnalysis.Sessions.Requests;

/// <summary>A tree that something else compiled, or an archive of one, as the user names it.</summary>
/// <param name="Name">What messages call it: the path as the user wrote it.</param>
/// <param name="Path">Absolute path.</param>
internal sealed record ObjectTreeInput(string Name, string Path)
{
    /// <summary>What its objects' names start with; null for nothing.</summary>
    public string? TreeName { get; init; }

    /// <summary>Absolute directory of its sources; null for its own.</summary>
    public string? SourceDirectory { get; init; }

    /// <summary>Absolute directory that its commands ran in; null where its records say it.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Absolute path of a <c>compile_commands.json</c>; null for the one in the tree, if it is there.</summary>
    public string? CompileCommandsFile { get; init; }

    /// <summary>Whether what its commands name may be run.</summary>
    public bool TrustsCommands { get; init; }
}
