using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>A <see cref="FunctionEntry"/> in the making, with what only the making needs.</summary>
internal struct MutableFunction(int symbol)
{
    public readonly int Symbol = symbol;

    public int Name = -1;

    public int File = -1;

    public int Line;

    public int Column;

    public int Order = -1;

    public int AliasOf = -1;

    public FunctionTraits Traits;

    /// <summary>Whether the final call graph has code for it, which an alias or a folded function has not.</summary>
    public bool HasFinalCode;

    /// <summary>Whether a clone dump names it.</summary>
    public bool InDump;

    /// <summary>Its row in the symbol table.</summary>
    public ElfFunction? Elf;
}
