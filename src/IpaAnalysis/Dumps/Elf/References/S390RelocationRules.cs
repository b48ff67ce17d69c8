using System.Buffers.Binary;

namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>z/Architecture, 31 and 64-bit (ELF ABI supplement s390x, "Relocation Types").</summary>
internal sealed class S390RelocationRules : RelocationRules
{
    private const uint Got12 = 6;
    private const uint Got32 = 7;
    private const uint Got16 = 15;
    private const uint Pc16Halfwords = 17;
    private const uint Plt16Halfwords = 18;
    private const uint Pc32Halfwords = 19;
    private const uint Plt32Halfwords = 20;
    private const uint Got64 = 24;
    private const uint GotEntry = 26;
    private const uint FirstGotPlt = 29;
    private const uint LastGotPltEntry = 33;
    private const uint Pc12Halfwords = 62;
    private const uint Plt24Halfwords = 65;

    public static readonly S390RelocationRules Instance = new();

    public override RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias)
    {
        bias = 0;
        switch (relocation.Type)
        {
            case Pc32Halfwords or Plt32Halfwords:
                // The processor counts from the instruction, two bytes before the field.
                bias = -2;
                return Around(code, relocation.Offset, 2, 2) is [var major, var minor] && IsBranchOrAccess(major, minor & 15)
                    ? RelocationUse.NoAddress
                    : RelocationUse.Address;
            case Pc16Halfwords or Plt16Halfwords:
            case >= Pc12Halfwords and <= Plt24Halfwords:
                // bras, brc, brct, crj and the like; bprp only announces a branch.
                return RelocationUse.NoAddress;
            case Got12 or Got32 or Got16 or Got64 or GotEntry:
            case >= FirstGotPlt and <= LastGotPltEntry:
                return RelocationUse.SymbolAddress;
            default:
                return InData(relocation.Type);
        }
    }

    public override bool NextComputedAddress(ReadOnlySpan<byte> code, ref int from, ElfEncoding encoding, out ulong place, out long target)
    {
        for (; from <= code.Length - 6; from += 2)
        {
            // larl: C0 r0 and the distance in halfwords.
            if (code[from] == 0xc0 && (code[from + 1] & 15) == 0)
            {
                place = (ulong)from + 2;
                target = from + (2L * BinaryPrimitives.ReadInt32BigEndian(code[(from + 2)..]));
                from += 2;
                return true;
            }
        }

        place = 0;
        target = 0;
        return false;
    }

    /// <summary>brcl, brasl; brcth; loads and stores relative long; exrl, pfdrl and compares relative long.</summary>
    private static bool IsBranchOrAccess(byte major, int minor) => major switch
    {
        0xc0 => minor is 4 or 5,
        0xcc => minor == 6,
        0xc4 or 0xc6 => true,
        _ => false,
    };
}
