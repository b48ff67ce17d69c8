namespace IpaAnalysis.Summaries;

/// <summary>Why two symbols stand for one body.</summary>
internal enum SharedBodyKind : byte
{
    /// <summary>The source declares one as an alias of the other.</summary>
    Alias,

    /// <summary>They lie at one address and no compiler record says why.</summary>
    SameAddress,

    /// <summary>The compiler recorded that it folded the one into the other (<c>-fipa-icf</c>).</summary>
    Folded,

    /// <summary>The same, and callers of the second may call the first instead: it has no code, or code that calls the first.</summary>
    FoldedAway,
}
