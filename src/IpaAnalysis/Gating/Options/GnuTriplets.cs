using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Gating.Options;

/// <summary>Stand-in.</summary>
internal static class GnuTriplets
{
    public static IReadOnlyList<string> PrefixesOf(ElfMachine machine) => machine switch
    {
        ElfMachine.X64 => ["x86_64-linux-gnu"],
        ElfMachine.AArch64 => ["aarch64-linux-gnu"],
        ElfMachine.S390 => ["s390x-linux-gnu"],
        _ => [],
    };

    public static bool Fits(ElfMachine machine, string target) => machine switch
    {
        ElfMachine.X64 or ElfMachine.I386 => target.StartsWith("x86_64-", StringComparison.Ordinal) || target.StartsWith('i'),
        ElfMachine.AArch64 => target.StartsWith("aarch64", StringComparison.Ordinal),
        ElfMachine.S390 => target.StartsWith("s390", StringComparison.Ordinal),
        _ => true,
    };
}
