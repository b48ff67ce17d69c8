using System.Buffers.Binary;

namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>x86-64 and x32 (System V psABI, "Relocation Types").</summary>
internal sealed class X64RelocationRules : RelocationRules
{
    private const uint Pc32 = 2;
    private const uint Got32 = 3;
    private const uint Plt32 = 4;
    private const uint GotPcRelative = 9;
    private const uint Pc16 = 13;
    private const uint Pc8 = 15;
    private const uint Got64 = 27;
    private const uint GotPcRelative64 = 28;
    private const uint GotPlt64 = 30;
    private const uint PltOffset64 = 31;
    private const uint Size32 = 32;
    private const uint Size64 = 33;
    private const uint GotPcRelativeRelaxable = 41;
    private const uint RexGotPcRelativeRelaxable = 42;

    public static readonly X64RelocationRules Instance = new();

    public override RelocationUse InCode(in ElfRelocation relocation, ReadOnlySpan<byte> code, ElfEncoding encoding, out int bias)
    {
        bias = 0;
        switch (relocation.Type)
        {
            case Pc32 or Plt32:
                bias = 4;
                return PcRelative(ByteBefore(code, relocation.Offset, 2), ByteBefore(code, relocation.Offset, 1));
            case Pc16:
                // Only jumps are that short: jmp, jcc, call with an operand size prefix, xbegin.
                return RelocationUse.NoAddress;
            case Pc8:
                return RelocationUse.NoAddress;
            case GotPcRelative or GotPcRelativeRelaxable or RexGotPcRelativeRelaxable:
                // FF /2 and FF /4 call and jump through the GOT (-fno-plt).
                return Around(code, relocation.Offset, 2, 2) is [0xff, 0x15 or 0x25] ? RelocationUse.NoAddress : RelocationUse.SymbolAddress;
            case Got32 or Got64 or GotPcRelative64 or GotPlt64 or PltOffset64:
                return RelocationUse.SymbolAddress;
            default:
                return InData(relocation.Type);
        }
    }

    public override RelocationUse InData(uint type) =>
        type is Size32 or Size64 ? RelocationUse.NoAddress : base.InData(type);

    public override bool NextComputedAddress(ReadOnlySpan<byte> code, ref int from, ElfEncoding encoding, out ulong place, out long target)
    {
        while (code[from..].IndexOf((byte)0x8d) is >= 0 and var distance)
        {
            // lea disp32(%rip), reg: 8D, ModRM with mod 00 and r/m 101.
            var instruction = from + distance;
            from = instruction + 1;
            if (instruction + 6 <= code.Length && IsRipRelative(code[instruction + 1]))
            {
                place = (ulong)instruction + 2;
                target = instruction + 6 + (long)BinaryPrimitives.ReadInt32LittleEndian(code[(instruction + 2)..]);
                return true;
            }
        }

        from = code.Length;
        place = 0;
        target = 0;
        return false;
    }

    /// <summary>Judges a 32-bit PC-relative field by the two bytes before it; no ModRM byte looks like a branch.</summary>
    internal static RelocationUse PcRelative(byte first, byte second) => (first, second) switch
    {
        (_, 0xe8 or 0xe9) => RelocationUse.NoAddress,
        (0x0f, >= 0x80 and <= 0x8f) => RelocationUse.NoAddress,
        _ when IsRipRelative(second) => RelocationUse.Address,
        _ => RelocationUse.AddressEitherWay,
    };

    private static bool IsRipRelative(byte modRm) => (modRm & 0xc7) == 0x05;
}
