using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Producers;

namespace IpaAnalysis.Compilers.Options;

/// <summary>What an object's processor says about the compiler that made it; width and byte order are left to the version and the options.</summary>
internal static class TargetFit
{
    /// <summary>The prefixes of compilers for a processor, each once, the most usual first.</summary>
    public static IEnumerable<string> PrefixesOf(ElfMachine machine) =>
        GnuTriplets.Of(machine, ElfClass.Elf64, isBigEndian: false)
            .Concat(GnuTriplets.Of(machine, ElfClass.Elf64, isBigEndian: true))
            .Concat(GnuTriplets.Of(machine, ElfClass.Elf32, isBigEndian: false))
            .Concat(GnuTriplets.Of(machine, ElfClass.Elf32, isBigEndian: true))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Whether a compiler for a target can have made an object; true as well where nothing is known of the processor.</summary>
    public static bool IsPossible(ElfMachine machine, string target) =>
        machine == ElfMachine.None || !Enum.IsDefined(machine) || GnuTriplets.CanMake(target, machine);
}
