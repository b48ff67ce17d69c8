namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>Whether code or data of an object refers to a function by anything but plain calls and jumps.</summary>
internal enum AddressUse
{
    /// <summary>No: within this object the function is reached by direct calls and jumps only.</summary>
    NotTaken,

    /// <summary>Yes: its address is stored or computed somewhere, so it may be called from anywhere.</summary>
    Taken,

    /// <summary>The file cannot tell: it has no code or no relocations, is damaged, or its processor is not known.</summary>
    Unknown,
}
