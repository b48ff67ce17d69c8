namespace IpaAnalysis.Recompile.Assembly.Flow;

/// <summary>Where control goes behind an instruction.</summary>
internal enum FlowKind
{
    /// <summary>To the next one.</summary>
    Next,

    /// <summary>To a label of the function.</summary>
    Jump,

    /// <summary>To a label of the function, or to the next one.</summary>
    Branch,

    /// <summary>Out of the function, or to where a register leads.</summary>
    End,
}
