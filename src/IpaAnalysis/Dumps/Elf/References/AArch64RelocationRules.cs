using System.Buffers.Binary;

namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>AArch64, LP64 (AAELF64, "Relocation types"). Instructions are little-endian in either byte order.</summary>
internal sealed class AArch64RelocationRules : RelocationRules
{
    private const uint None = 256;
    private const uint TestBranch14 = 279;
    private const uint ConditionalBranch19 = 280;
    private const uint Jump26 = 282;
    private const uint Call26 = 283;

    public static readonly AArch64RelocationRules Instance = new();

    // PC-relative fields count from the instruction, which is the place: no bias.
    public override RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias)
    {
        bias = 0;
        return relocation.Type is TestBranch14 or ConditionalBranch19 or Jump26 or Call26 ? RelocationUse.NoAddress : InData(relocation.Type);
    }

    public override RelocationUse InData(uint type) => type == None ? RelocationUse.NoAddress : base.InData(type);

    public override bool NextComputedAddress(ReadOnlySpan<byte> code, ref int from, ElfEncoding encoding, out ulong place, out long target)
    {
        for (; from <= code.Length - 4; from += 4)
        {
            // adr: 0 immlo 10000 immhi Rd. adrp always has a relocation.
            var instruction = BinaryPrimitives.ReadUInt32LittleEndian(code[from..]);
            if ((instruction & 0x9f000000) == 0x10000000)
            {
                var high = (int)(instruction << 8) >> 13;
                place = (ulong)from;
                target = from + (high * 4L) + (instruction >> 29 & 3);
                from += 4;
                return true;
            }
        }

        place = 0;
        target = 0;
        return false;
    }
}
