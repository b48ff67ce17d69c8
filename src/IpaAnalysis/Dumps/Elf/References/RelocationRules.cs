namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>What the relocations and instructions of one processor mean for the question whose address is taken.</summary>
internal abstract class RelocationRules
{
    /// <summary>The rules of a file's processor, or null when they are not known.</summary>
    public static RelocationRules? For(ElfLayout layout) => (layout.Machine, layout.Encoding.Is64) switch
    {
        (ElfMachine.X64, _) => X64RelocationRules.Instance,
        (ElfMachine.I386, false) => I386RelocationRules.Instance,
        (ElfMachine.AArch64, true) => AArch64RelocationRules.Instance,
        (ElfMachine.S390, _) => S390RelocationRules.Instance,
        (ElfMachine.PowerPC64, true) or (ElfMachine.PowerPC, false) => PowerPCRelocationRules.Instance,
        (ElfMachine.Arm, false) => ArmRelocationRules.Instance,
        (ElfMachine.RiscV, _) => RiscVRelocationRules.Instance,
        _ => null,
    };

    /// <summary>Judges a relocation in code.</summary>
    /// <param name="relocation">The relocation.</param>
    /// <param name="code">The bytes of the section that holds it; the offset may lie outside.</param>
    /// <param name="encoding">The file's byte order.</param>
    /// <param name="bias">
    /// What to add to symbol plus addend: the distance from the place to where the processor counts from.
    /// </param>
    public abstract RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias);

    /// <summary>Judges a relocation in data; a place-relative one leads to symbol plus addend as an absolute one does.</summary>
    public virtual RelocationUse InData(uint type) => type == 0 ? RelocationUse.NoAddress : RelocationUse.Address;

    /// <summary>The word at a relocation's place, its addend (<c>SHT_REL</c>); 0 where there are too few bytes.</summary>
    public static long WordAt(in ElfRelocation relocation, ReadOnlySpan<byte> bytes, ElfEncoding encoding)
    {
        var field = Around(bytes, relocation.Offset, 0, encoding.Is64 ? 8 : 4);
        return field.IsEmpty ? 0 : encoding.SignedWord(field, 0);
    }

    /// <summary>The addend that lies at a relocation's place.</summary>
    public virtual long InPlaceAddend(in ElfRelocation relocation, ReadOnlySpan<byte> bytes, ElfEncoding encoding) =>
        WordAt(relocation, bytes, encoding);

    /// <summary>
    /// Finds the next instruction from an offset on that computes an address in its own section relative to itself,
    /// as the assembler leaves it without a relocation.
    /// </summary>
    /// <param name="code">The section's bytes.</param>
    /// <param name="from">Where to start; set to where to go on.</param>
    /// <param name="encoding">The file's byte order.</param>
    /// <param name="place">Where a relocation would be if this were not final.</param>
    /// <param name="target">The address as an offset in the section.</param>
    public virtual bool NextComputedAddress(ReadOnlySpan<byte> code, ref int from, ElfEncoding encoding, out ulong place, out long target)
    {
        place = 0;
        target = 0;
        return false;
    }

    /// <summary>The byte that far before a relocation's place; 0 before the section's first byte, where a call may start.</summary>
    protected static byte ByteBefore(ReadOnlySpan<byte> code, ulong place, uint distance) =>
        place - distance < (ulong)code.Length ? code[(int)(place - distance)] : (byte)0;

    /// <summary>The bytes from a distance before a relocation's place, or empty where there are too few.</summary>
    protected static ReadOnlySpan<byte> Around(ReadOnlySpan<byte> code, ulong place, int before, int length)
    {
        var start = unchecked((long)place) - before;
        return start >= 0 && start <= code.Length - length ? code.Slice((int)start, length) : default;
    }
}
