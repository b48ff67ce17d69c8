namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>What a relocation does with the place it leads to.</summary>
internal enum RelocationUse
{
    /// <summary>Calls it, jumps there, or uses no address.</summary>
    NoAddress,

    /// <summary>Forms the address of symbol plus addend plus bias.</summary>
    Address,

    /// <summary>As <see cref="Address"/>, but whether the bias is to be added cannot be seen.</summary>
    AddressEitherWay,

    /// <summary>Forms the address of the symbol, whatever the addend is for (an index into the GOT, the place's distance).</summary>
    SymbolAddress,
}
