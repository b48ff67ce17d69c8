namespace IpaAnalysis.Dumps.Clones;

/// <summary>One record of a clone dump. Spans point into the text that was read.</summary>
internal readonly ref struct CloneDumpRecord
{
    internal CloneDumpRecord(CloneDumpRecordKind kind, CloneDumpNode original, CloneDumpNode copy, ReadOnlySpan<byte> reason, int line)
    {
        Kind = kind;
        Original = original;
        Copy = copy;
        Reason = reason;
        Line = line;
    }

    /// <summary>Whether a body was copied or a node removed.</summary>
    public CloneDumpRecordKind Kind { get; }

    /// <summary>The function whose body was copied; for a removal the node that was removed.</summary>
    public CloneDumpNode Original { get; }

    /// <summary>The clone, or the function inlined into; default for a removal.</summary>
    public CloneDumpNode Copy { get; }

    /// <summary>The last field: <c>inlining to</c>, <c>constprop</c>, <c>(null)</c>, …, possibly empty; empty for a removal.</summary>
    public ReadOnlySpan<byte> Reason { get; }

    /// <summary>1-based line of the dump where the record begins.</summary>
    public int Line { get; }
}
