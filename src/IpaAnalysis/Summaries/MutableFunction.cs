using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Summaries;

/// <summary>A <see cref="FunctionEntry"/> in the making, with what only the making needs.</summary>
internal sealed class MutableFunction(int symbol)
{
    public int Symbol { get; set; } = symbol;

    public int Name { get; set; } = -1;

    public int File { get; set; } = -1;

    public int Line { get; set; }

    public int Column { get; set; }

    public int Order { get; set; } = -1;

    public int AliasOf { get; set; } = -1;

    public FunctionTraits Traits { get; set; }

    /// <summary>Whether the final call graph has code for it, which an alias or a folded function has not.</summary>
    public bool HasFinalCode { get; set; }

    /// <summary>Whether a clone dump names it.</summary>
    public bool InDump { get; set; }

    /// <summary>Its row in the symbol table.</summary>
    public ElfFunction? Elf { get; set; }
}
