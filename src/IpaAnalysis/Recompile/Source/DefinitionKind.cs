namespace IpaAnalysis.Recompile.Source;

/// <summary>What a definition defines.</summary>
internal enum DefinitionKind
{
    /// <summary>A function.</summary>
    Function,

    /// <summary>A variable of file scope.</summary>
    Variable,
}
