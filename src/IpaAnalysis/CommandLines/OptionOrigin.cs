namespace IpaAnalysis.CommandLines;

/// <summary>Who recorded the options that an object was compiled with.</summary>
internal enum OptionOrigin
{
    /// <summary>The package compiled it itself.</summary>
    OwnCompile,

    /// <summary>kbuild, in <c>.NAME.o.cmd</c>.</summary>
    Kbuild,

    /// <summary>A <c>compile_commands.json</c>.</summary>
    CompileCommands,

    /// <summary>The object itself, in <c>DW_AT_producer</c> or <c>.GCC.command.line</c>.</summary>
    Object,
}
