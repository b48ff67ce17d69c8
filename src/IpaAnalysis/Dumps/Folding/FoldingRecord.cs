namespace IpaAnalysis.Dumps.Folding;

/// <summary>Two functions with equal bodies that GCC folded into one. Spans point into the text that was read.</summary>
internal readonly ref struct FoldingRecord
{
    internal FoldingRecord(ReadOnlySpan<byte> kept, ReadOnlySpan<byte> folded, FoldingKind kind, int line)
    {
        Kept = DumpText.AssemblerName(kept);
        Folded = DumpText.AssemblerName(folded);
        Kind = kind;
        Line = line;
    }

    /// <summary>The symbol whose body serves both, as it was named then: later passes may clone it.</summary>
    public ReadOnlySpan<byte> Kept { get; }

    /// <summary>The symbol whose own body was thrown away.</summary>
    public ReadOnlySpan<byte> Folded { get; }

    /// <summary>What became of <see cref="Folded"/>.</summary>
    public FoldingKind Kind { get; }

    /// <summary>1-based line of the dump that names the two.</summary>
    public int Line { get; }
}
