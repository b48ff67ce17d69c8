namespace IpaAnalysis.Oracle.Objects;

/// <summary>A place that the linker fills in.</summary>
internal sealed record ElfRelocation(ulong Offset, uint Type, int Symbol, long Addend, bool IsArm)
{
    /// <summary>
    /// Whether the value is counted from the place itself, and the addend with it (x86-64 ABI, "Relocation Types": PC32, PLT32, GOTPCREL
    /// and its kin, PC64, PC8, PC16; ELF for the Arm 64-bit Architecture, "Data relocations": PREL64, PREL32, PREL16). The addend of an
    /// AArch64 instruction is counted from the symbol alone.
    /// </summary>
    public bool IsRelative => IsArm ? Type is 260 or 261 or 262 : Type is 2 or 4 or 9 or 13 or 15 or 24 or 41 or 42 or 19 or 20 or 22;

    /// <summary>Whether the place gets the address of a slot that holds the address.</summary>
    public bool IsThroughTable => IsArm ? Type is 311 or 312 : Type is 9 or 41 or 42;
}
