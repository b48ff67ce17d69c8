namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>What a statement of the assembler is.</summary>
internal enum StatementKind
{
    /// <summary>A label: <c>f:</c>, <c>.L3:</c>, <c>1:</c>.</summary>
    Label,

    /// <summary>Starts with a dot.</summary>
    Directive,

    /// <summary>Sets a symbol by <c>=</c>.</summary>
    Assignment,

    /// <summary>Anything else: an instruction, or a macro's use.</summary>
    Instruction,
}
