namespace IpaAnalysis.Dumps.Folding;

/// <summary>What identical code folding made of the function that was folded (GCC's <c>sem_function::merge</c>).</summary>
internal enum FoldingKind
{
    /// <summary>The folded function became an alias: both symbols have one address, or only the kept one is left.</summary>
    Alias,

    /// <summary>
    /// The folded function keeps its symbol and address and calls the kept one, whose body is normally inlined into it
    /// again (the clone dump then says so). Callers inside the unit may call the kept function directly.
    /// </summary>
    Wrapper,

    /// <summary>All callers of the folded function call the kept one, and the folded one has no code and no symbol.</summary>
    Removed,
}
