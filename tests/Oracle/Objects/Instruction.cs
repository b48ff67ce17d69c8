namespace IpaAnalysis.Oracle.Objects;

/// <summary>A machine instruction as objdump tells it.</summary>
/// <param name="Address">Its offset in the section.</param>
/// <param name="End">The offset of what follows.</param>
/// <param name="Text">Mnemonic and operands without addresses of this object.</param>
/// <param name="Target">The offset in the section that it names itself, without a relocation; null when there is none.</param>
internal sealed record Instruction(ulong Address, ulong End, string Text, ulong? Target)
{
    /// <summary>Whether it only fills space.</summary>
    public bool IsPadding { get; } = Text is "xchg %ax,%ax" || Text.Split(' ').SkipWhile(w => w is "data16" or "cs").FirstOrDefault()?.StartsWith("nop", StringComparison.Ordinal) == true;
}
