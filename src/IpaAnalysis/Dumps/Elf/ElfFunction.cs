namespace IpaAnalysis.Dumps.Elf;

/// <summary>
/// A defined function symbol. Two symbols with equal <see cref="Section"/> and <see cref="Value"/> (and a size) share
/// one body: they are aliases, or identical code folding made one of two.
/// </summary>
/// <param name="NameOffset">Where the name starts in the string table; see <see cref="ElfObject.NameOf"/>.</param>
/// <param name="NameLength">The name's length in bytes.</param>
/// <param name="Section">The index of the section, extended indices resolved; <see cref="NoSection"/> for an absolute symbol.</param>
/// <param name="Value">
/// Offset in the section of a relocatable object, address in a linked file. The Thumb bit of ARM is cleared. On ppc64
/// with ELFv1 it is the function's descriptor in <c>.opd</c>: GCC makes one per body, and an alias names the same one.
/// </param>
/// <param name="Size">The body's size in bytes; 0 when not recorded.</param>
/// <param name="Binding">Who sees the symbol.</param>
/// <param name="IsIndirect">Whether it is a resolver (<c>STT_GNU_IFUNC</c>), not the function itself.</param>
internal readonly record struct ElfFunction(
    int NameOffset,
    int NameLength,
    int Section,
    ulong Value,
    ulong Size,
    ElfBinding Binding,
    bool IsIndirect)
{
    /// <summary>The <see cref="Section"/> of a symbol that is defined but in no section (<c>SHN_ABS</c>).</summary>
    public const int NoSection = -1;
}
