namespace IpaAnalysis.Dumps.Elf;

/// <summary>The processor of an ELF file (<c>e_machine</c>); any other number can occur.</summary>
internal enum ElfMachine
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Intel 80386 and later, 32-bit.</summary>
    I386 = 3,

    /// <summary>MIPS.</summary>
    Mips = 8,

    /// <summary>PowerPC, 32-bit.</summary>
    PowerPC = 20,

    /// <summary>PowerPC, 64-bit, either byte order.</summary>
    PowerPC64 = 21,

    /// <summary>IBM z, 31 and 64-bit.</summary>
    S390 = 22,

    /// <summary>ARM, 32-bit.</summary>
    Arm = 40,

    /// <summary>AMD and Intel 64-bit, also the x32 ABI.</summary>
    X64 = 62,

    /// <summary>ARM, 64-bit.</summary>
    AArch64 = 183,

    /// <summary>RISC-V.</summary>
    RiscV = 243,

    /// <summary>LoongArch.</summary>
    LoongArch = 258,
}
