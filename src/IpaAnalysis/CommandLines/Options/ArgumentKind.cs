namespace IpaAnalysis.CommandLines.Options;

/// <summary>What an argument of a command is.</summary>
internal enum ArgumentKind
{
    /// <summary>A file to compile or link; a minus sign alone is standard input.</summary>
    Input,

    /// <summary>An option that the table has.</summary>
    Option,

    /// <summary>An option that the table does not have.</summary>
    Unknown,

    /// <summary><c>@FILE</c>: GCC reads further arguments there, wherever in the command it stands.</summary>
    ResponseFile,
}
