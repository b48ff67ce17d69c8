namespace IpaAnalysis.Summaries;

/// <summary>A body that was copied: one or more equal lines of the clone dump. Functions are indices into the object's functions.</summary>
/// <param name="Original">The function whose body was used.</param>
/// <param name="Copy">The clone, or the function it was inlined into.</param>
/// <param name="Reason">Name index of the dump line's last field.</param>
/// <param name="Count">How many lines said so; roughly the inlined call sites. 0 for what only a symbol's suffix tells.</param>
/// <param name="OriginalOrder">GCC's order of the original in the first such line.</param>
/// <param name="CopyOrder">GCC's order of the copy in the first such line.</param>
/// <param name="Line">1-based line of the clone dump that said so first; 0 for what only a symbol's suffix tells.</param>
internal readonly record struct CloneEdge(
    int Original, int Copy, int Reason, int Count, int OriginalOrder, int CopyOrder, int Line);
