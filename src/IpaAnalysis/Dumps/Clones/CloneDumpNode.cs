namespace IpaAnalysis.Dumps.Clones;

/// <summary>A call-graph node as a clone dump names it. Spans point into the text that was read.</summary>
internal readonly ref struct CloneDumpNode
{
    internal CloneDumpNode(ReadOnlySpan<byte> name, int order, SourceLocation location)
    {
        Symbol = DumpText.AssemblerName(name);
        Order = order;
        Location = location;
    }

    /// <summary>The assembler name when the line was written, one leading <c>*</c> stripped. Raw bytes, normally UTF-8.</summary>
    public ReadOnlySpan<byte> Symbol { get; }

    /// <summary>GCC's <c>symtab_node::order</c>: tells nodes of one name apart, within this dump only.</summary>
    public int Order { get; }

    /// <summary>Where the function is declared.</summary>
    public SourceLocation Location { get; }
}
