using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>
/// The distance from symbol plus addend of a relocation in code to the place that it leads to: processors count from behind
/// the instruction or from its start, and the addend makes up for it.
/// </summary>
internal static class PlaceBias
{
    private const byte Modes = 0xc7;
    private const byte RipRelative = 0x05;

    // Behind a 32-bit field of x86-64 an immediate value of 0, 1, 2 or 4 bytes may follow (Intel SDM, volume 2, chapter 2).
    private static readonly long[] s_anyImmediate = [4, 5, 6, 8];
    private static readonly long[] s_noImmediate = [4];
    private static readonly long[] s_none = [0];
    private static readonly long[] s_byte = [1];
    private static readonly long[] s_word = [2];
    private static readonly long[] s_afterOpcode = [-2];

    // Opcodes of one byte with a ModRM byte and no immediate value.
    private static readonly bool[] s_plain = Set(
        0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x0a, 0x0b, 0x11, 0x13, 0x19, 0x1b, 0x20, 0x21, 0x22, 0x23, 0x28, 0x29, 0x2a, 0x2b,
        0x30, 0x31, 0x32, 0x33, 0x38, 0x39, 0x3a, 0x3b, 0x63, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8d, 0x8f, 0xfe, 0xff);

    // Second bytes behind 0F that have an immediate value, or look like the first byte of another instruction that has one.
    private static readonly bool[] s_unclearBehind0F = Set(
        0x38, 0x3a, 0x69, 0x6b, 0x70, 0x71, 0x72, 0x73, 0x80, 0x81, 0x82, 0x83, 0xa4, 0xac, 0xba, 0xc0, 0xc1, 0xc2, 0xc4, 0xc5, 0xc6, 0xc7,
        0xf6, 0xf7);

    /// <summary>All distances that are possible; mostly one.</summary>
    /// <param name="machine">The processor.</param>
    /// <param name="relocation">The relocation.</param>
    /// <param name="code">The bytes of its section.</param>
    public static ReadOnlySpan<long> Of(ElfMachine machine, in ElfRelocation relocation, ReadOnlySpan<byte> code) => (machine, relocation.Type) switch
    {
        // R_X86_64_PC32, PLT32, GOTPCREL, TLSGD, TLSLD, GOTTPOFF, GOTPC32, GOTPC32_TLSDESC, GOTPCRELX, REX_GOTPCRELX.
        (ElfMachine.X64, 2 or 4 or 9 or 19 or 20 or 22 or 26 or 34 or 41 or 42) => HasNoImmediate(code, relocation.Offset) ? s_noImmediate : s_anyImmediate,
        (ElfMachine.X64, 13) or (ElfMachine.I386, 21) => s_word,
        (ElfMachine.X64, 15) or (ElfMachine.I386, 23) => s_byte,
        (ElfMachine.I386, 2 or 4) => s_noImmediate,
        // R_390_PC16DBL to PLT32DBL, GOTENT, PC12DBL to PLT24DBL.
        (ElfMachine.S390, 17 or 18 or 19 or 20 or 26 or (>= 62 and <= 65)) => s_afterOpcode,
        _ => s_none,
    };

    /// <summary>Whether a relocation in data holds the address of symbol plus addend, whatever its own place is.</summary>
    public static bool IsAbsolute(ElfMachine machine, uint type) => (machine, type) switch
    {
        (ElfMachine.X64, 1 or 10 or 11) => true,
        (ElfMachine.I386, 1) => true,
        (ElfMachine.AArch64, 257 or 258) => true,
        (ElfMachine.S390, 4 or 22) => true,
        (ElfMachine.PowerPC or ElfMachine.PowerPC64, 1 or 38) => true,
        _ => false,
    };

    private static bool HasNoImmediate(ReadOnlySpan<byte> code, ulong place)
    {
        if (place < 6 || place > (ulong)code.Length)
        {
            return false;
        }

        var before = code.Slice((int)place - 6, 6);
        if (before[5] is 0xe8 or 0xe9 || (before[4] == 0x0f && before[5] is >= 0x80 and <= 0x8f))
        {
            return true;
        }

        // VEX and EVEX prefixes and 0F 38, 0F 3A give the same numbers other meanings.
        if ((before[5] & Modes) != RipRelative || before[2] == 0xc5 || before[1] == 0xc4 || before[0] == 0x62 || before[3] is 0x38 or 0x3a)
        {
            return false;
        }

        return before[3] == 0x0f ? !s_unclearBehind0F[before[4]] : s_plain[before[4]];
    }

    private static bool[] Set(params ReadOnlySpan<byte> values)
    {
        var set = new bool[256];
        foreach (var value in values)
        {
            set[value] = true;
        }

        return set;
    }
}
