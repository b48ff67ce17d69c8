namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>How a processor's instructions load constants.</summary>
internal enum ConstantLoad
{
    /// <summary>Not known: every mention counts as one of the address.</summary>
    Unknown,

    /// <summary>By an operand in memory; <c>lea</c> and an immediate value take the address.</summary>
    X64,

    /// <summary>By <c>adrp</c> and <c>ldr</c>; <c>add</c> takes the address.</summary>
    AArch64,
}
