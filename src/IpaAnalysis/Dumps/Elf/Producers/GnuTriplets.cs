namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>Which GCC can have made an object, by the names of its target (<c>gcc -dumpmachine</c>).</summary>
internal static class GnuTriplets
{
    /// <summary>
    /// The prefixes under which Debian and Fedora install compilers for a processor (<c>PREFIX-gcc</c>), the most usual first.
    /// </summary>
    /// <param name="machine">The processor.</param>
    /// <param name="width">The width of addresses.</param>
    /// <param name="isBigEndian">Whether numbers are stored most significant byte first.</param>
    /// <returns>Prefixes without the final minus sign; none for a processor that these distributions have no compiler for.</returns>
    public static IReadOnlyList<string> Of(ElfMachine machine, ElfClass width, bool isBigEndian) => (machine, width, isBigEndian) switch
    {
        (ElfMachine.X64, ElfClass.Elf64, _) => ["x86_64-linux-gnu", "x86_64-redhat-linux"],
        (ElfMachine.X64, _, _) => ["x86_64-linux-gnux32", "x86_64-linux-gnu", "x86_64-redhat-linux"],
        (ElfMachine.I386, _, _) => ["i686-linux-gnu", "x86_64-linux-gnu", "i686-redhat-linux", "x86_64-redhat-linux"],
        (ElfMachine.AArch64, _, false) => ["aarch64-linux-gnu", "aarch64-redhat-linux"],
        (ElfMachine.AArch64, _, true) => ["aarch64_be-linux-gnu", "aarch64-linux-gnu"],
        (ElfMachine.Arm, _, _) => ["arm-linux-gnueabihf", "arm-linux-gnueabi", "arm-linux-gnu"],
        (ElfMachine.S390, _, _) => ["s390x-linux-gnu", "s390x-redhat-linux"],
        (ElfMachine.PowerPC64, _, false) => ["powerpc64le-linux-gnu", "ppc64le-redhat-linux"],
        (ElfMachine.PowerPC64, _, true) => ["powerpc64-linux-gnu", "powerpc64le-linux-gnu"],
        (ElfMachine.PowerPC, _, _) => ["powerpc-linux-gnu", "powerpc64-linux-gnu"],
        (ElfMachine.RiscV, _, _) => ["riscv64-linux-gnu", "riscv64-redhat-linux"],
        (ElfMachine.Mips, ElfClass.Elf64, false) => ["mips64el-linux-gnuabi64", "mips64-linux-gnu"],
        (ElfMachine.Mips, ElfClass.Elf64, true) => ["mips64-linux-gnuabi64", "mips64-linux-gnu"],
        (ElfMachine.Mips, _, false) => ["mipsel-linux-gnu", "mips64-linux-gnu"],
        (ElfMachine.Mips, _, true) => ["mips-linux-gnu", "mips64-linux-gnu"],
        (ElfMachine.LoongArch, _, _) => ["loongarch64-linux-gnu"],
        _ => [],
    };

    /// <summary>
    /// Whether a compiler for a target can have made an object of a processor. Width and byte order are options within a
    /// family (<c>-m32</c>, <c>-m31</c>, <c>-mbig-endian</c>) and not compared: the object's own options name them.
    /// </summary>
    /// <param name="target">What <c>gcc -dumpmachine</c> prints, such as <c>x86_64-redhat-linux</c>.</param>
    /// <param name="machine">The object's processor.</param>
    /// <returns>False also for a target whose objects are not ELF (<c>x86_64-w64-mingw32</c>), and for an unknown processor.</returns>
    public static bool CanMake(string target, ElfMachine machine)
    {
        ArgumentNullException.ThrowIfNull(target);
        var end = target.IndexOf('-', StringComparison.Ordinal);
        return end > 0
            && WritesElf(target.AsSpan(end))
            && machine switch
            {
                ElfMachine.X64 or ElfMachine.I386 => IsX86(target.AsSpan(0, end)),
                ElfMachine.AArch64 => Starts(target, "aarch64", "arm64"),
                ElfMachine.Arm => Starts(target, "arm", "thumb") && !Starts(target, "arm64"),
                ElfMachine.S390 => Starts(target, "s390"),
                ElfMachine.PowerPC or ElfMachine.PowerPC64 => Starts(target, "powerpc", "ppc"),
                ElfMachine.RiscV => Starts(target, "riscv"),
                ElfMachine.Mips => Starts(target, "mips"),
                ElfMachine.LoongArch => Starts(target, "loongarch"),
                _ => false,
            };
    }

    private static bool Starts(string target, params ReadOnlySpan<string> families)
    {
        foreach (var family in families)
        {
            if (target.StartsWith(family, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>x86_64, amd64 and i386 to i786.</summary>
    private static bool IsX86(ReadOnlySpan<char> cpu) =>
        cpu is "x86_64" or "amd64" || (cpu.Length == 4 && cpu[0] == 'i' && cpu[1] is >= '3' and <= '7' && cpu.EndsWith("86", StringComparison.Ordinal));

    private static bool WritesElf(ReadOnlySpan<char> system)
    {
        foreach (var other in (ReadOnlySpan<string>)["mingw", "cygwin", "msys", "darwin", "aix", "djgpp"])
        {
            if (system.Contains(other, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
