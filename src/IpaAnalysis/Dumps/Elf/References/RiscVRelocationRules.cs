using System.Buffers.Binary;

namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>RISC-V (psABI, "Relocations"). Instructions are little-endian.</summary>
internal sealed class RiscVRelocationRules : RelocationRules
{
    private const uint Branch = 16;
    private const uint Jump = 17;
    private const uint Call = 18;
    private const uint CallPlt = 19;
    private const uint PcRelativeLowLoad = 24;
    private const uint PcRelativeLowStore = 25;
    private const uint Subtract8 = 37;
    private const uint Subtract64 = 40;
    private const uint CompressedBranch = 44;
    private const uint CompressedJump = 45;
    private const uint Subtract6 = 52;

    public static readonly RiscVRelocationRules Instance = new();

    public override RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias)
    {
        bias = 0;
        return relocation.Type switch
        {
            Branch or Jump or Call or CallPlt or CompressedBranch or CompressedJump => RelocationUse.NoAddress,
            // Their symbol is the label of the auipc that holds the upper half, perhaps a function's first instruction.
            PcRelativeLowLoad or PcRelativeLowStore => RelocationUse.NoAddress,
            _ => InData(relocation.Type),
        };
    }

    // A difference is an addition and a subtraction at one place; the subtracted label is no target.
    public override RelocationUse InData(uint type) =>
        type is (>= Subtract8 and <= Subtract64) or Subtract6 ? RelocationUse.NoAddress : base.InData(type);

    public override bool NextComputedAddress(ReadOnlySpan<byte> code, ref int from, ElfEncoding encoding, out ulong place, out long target)
    {
        for (; from <= code.Length - 8; from += 2)
        {
            // auipc rd and, next to it, addi from rd; without linker relaxation the assembler may resolve the pair.
            var upper = BinaryPrimitives.ReadUInt32LittleEndian(code[from..]);
            var lower = BinaryPrimitives.ReadUInt32LittleEndian(code[(from + 4)..]);
            if ((upper & 0x7f) == 0x17 && (lower & 0x707f) == 0x13 && (lower >> 15 & 31) == (upper >> 7 & 31))
            {
                place = (ulong)from;
                target = from + (int)(upper & 0xfffff000) + ((int)lower >> 20);
                from += 2;
                return true;
            }
        }

        place = 0;
        target = 0;
        return false;
    }
}
