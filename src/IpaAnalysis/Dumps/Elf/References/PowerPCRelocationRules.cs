namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>PowerPC, 32 and 64-bit, whose numbers agree for branches (Power ELF ABIs, "Relocation Types").</summary>
internal sealed class PowerPCRelocationRules : RelocationRules
{
    private const uint Absolute24 = 2;
    private const uint Absolute14 = 7;
    private const uint Absolute14NotTaken = 9;
    private const uint Relative24 = 10;
    private const uint Relative14NotTaken = 13;
    private const uint PltRelative24 = 18;
    private const uint Local24 = 23;
    private const uint Relative24NoToc = 116;
    private const uint PltSequence = 119;
    private const uint PltCall = 120;

    public static readonly PowerPCRelocationRules Instance = new();

    public override RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias)
    {
        bias = 0;
        return relocation.Type switch
        {
            Absolute24 or Relative24 => RelocationUse.NoAddress,
            >= Absolute14 and <= Absolute14NotTaken => RelocationUse.NoAddress,
            > Relative24 and <= Relative14NotTaken => RelocationUse.NoAddress,
            PltRelative24 or Local24 when !encoding.Is64 => RelocationUse.NoAddress,
            Relative24NoToc or PltSequence or PltCall when encoding.Is64 => RelocationUse.NoAddress,
            _ => InData(relocation.Type),
        };
    }

    public override bool NextComputedAddress(ReadOnlySpan<byte> code, ref int from, ElfEncoding encoding, out ulong place, out long target)
    {
        for (; from <= code.Length - 8; from += 4)
        {
            // pla: the prefixed paddi with R set and no base register (Power10).
            var prefix = encoding.UInt32(code, from);
            var suffix = encoding.UInt32(code, from + 4);
            if ((prefix & 0xfffc0000) == 0x06100000 && (suffix & 0xfc1f0000) == 0x38000000)
            {
                var distance = ((long)(prefix & 0x3ffff) << 46 >> 30) | (suffix & 0xffff);
                place = (ulong)from;
                target = from + distance;
                from += 4;
                return true;
            }
        }

        place = 0;
        target = 0;
        return false;
    }
}
