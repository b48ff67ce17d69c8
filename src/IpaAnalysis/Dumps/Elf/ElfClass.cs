namespace IpaAnalysis.Dumps.Elf;

/// <summary>The width of an ELF file's addresses (<c>EI_CLASS</c>).</summary>
internal enum ElfClass
{
    /// <summary>32-bit addresses; also the x32 and the s390 31-bit ABI.</summary>
    Elf32 = 1,

    /// <summary>64-bit addresses.</summary>
    Elf64 = 2,
}
