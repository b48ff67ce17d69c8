using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>What assemblers and compilers put between functions and nothing runs.</summary>
internal static class Filler
{
    // binutils, gas/config: alt_* and f32_* in tc-i386.c, arm64 and ppc nop, s390_nop tables; int3 is GCC's -mharden-sls=all.
    private static readonly byte[][] s_x86 =
    [
        [0x0f, 0x1f, 0x00], [0x0f, 0x1f, 0x40, 0x00], [0x0f, 0x1f, 0x44, 0x00, 0x00], [0x0f, 0x1f, 0x80, 0, 0, 0, 0],
        [0x0f, 0x1f, 0x84, 0x00, 0, 0, 0, 0], [0x90], [0xcc], [0x00],
    ];

    private static readonly byte[][] s_i386 =
    [
        [0x89, 0xf6], [0x8d, 0x76, 0x00], [0x8d, 0x74, 0x26, 0x00], [0x8d, 0xb6, 0, 0, 0, 0], [0x8d, 0xb4, 0x26, 0, 0, 0, 0],
        [0x8d, 0x3f], [0x8d, 0x7f, 0x00], [0x8d, 0xbf, 0, 0, 0, 0], [0x8d, 0xbc, 0x27, 0, 0, 0, 0],
        .. s_x86,
    ];

    private static readonly byte[][] s_aarch64 = [[0x1f, 0x20, 0x03, 0xd5], [0x00]];
    private static readonly byte[][] s_powerPC = [[0x60, 0, 0, 0], [0, 0, 0, 0x60], [0x00]];
    private static readonly byte[][] s_s390 = [[0x07, 0x07], [0x07, 0x00], [0x47, 0, 0, 0], [0xc0, 0x04, 0, 0, 0, 0], [0x00]];
    private static readonly byte[][] s_zero = [[0x00]];

    /// <summary>Whether there is nothing but filler.</summary>
    /// <param name="machine">The processor.</param>
    /// <param name="bytes">The bytes between two functions.</param>
    public static bool IsOnly(ElfMachine machine, ReadOnlySpan<byte> bytes)
    {
        var patterns = machine switch
        {
            ElfMachine.X64 => s_x86,
            ElfMachine.I386 => s_i386,
            ElfMachine.AArch64 => s_aarch64,
            ElfMachine.PowerPC or ElfMachine.PowerPC64 => s_powerPC,
            ElfMachine.S390 => s_s390,
            _ => s_zero,
        };
        while (!bytes.IsEmpty)
        {
            var length = LengthOfOne(machine, patterns, bytes);
            if (length == 0)
            {
                return false;
            }

            bytes = bytes[length..];
        }

        return true;
    }

    private static int LengthOfOne(ElfMachine machine, byte[][] patterns, ReadOnlySpan<byte> bytes)
    {
        // Long fillers have prefixes: operand size, cs.
        var prefixes = machine is ElfMachine.X64 or ElfMachine.I386 ? Math.Max(0, bytes.IndexOfAnyExcept<byte>(0x66, 0x2e)) : 0;
        foreach (var pattern in patterns)
        {
            if (bytes[prefixes..].StartsWith(pattern))
            {
                return prefixes + pattern.Length;
            }
        }

        return 0;
    }
}
