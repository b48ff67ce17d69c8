namespace IpaAnalysis.Dumps.Elf;

/// <summary>One relocation.</summary>
/// <param name="Offset">The place in the section that it changes.</param>
/// <param name="Symbol">The index of its symbol.</param>
/// <param name="Type">The processor's number of its kind.</param>
/// <param name="Addend">The addend; 0 where it lies at the place itself (<c>SHT_REL</c>).</param>
internal readonly record struct ElfRelocation(ulong Offset, uint Symbol, uint Type, long Addend)
{
    public static ElfRelocation Decode(ReadOnlySpan<byte> row, ElfLayout layout, bool hasAddend)
    {
        var encoding = layout.Encoding;
        var width = encoding.Is64 ? 8 : 4;
        var info = encoding.Word(row, width);
        var addend = hasAddend ? encoding.SignedWord(row, 2 * width) : 0;
        var offset = encoding.Word(row, 0);
        if (!encoding.Is64)
        {
            return new(offset, (uint)info >> 8, (uint)info & 0xff, addend);
        }

        // 64-bit MIPS stores the symbol first whatever the byte order, then three kinds.
        return layout.Machine == ElfMachine.Mips && !encoding.IsBigEndian
            ? new(offset, (uint)info, (uint)(info >> 56), addend)
            : new(offset, (uint)(info >> 32), (uint)info, addend);
    }
}
