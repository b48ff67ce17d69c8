namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>What a line of a call graph tells.</summary>
internal enum CallGraphRecordKind
{
    /// <summary>The graph begins: its main source file.</summary>
    Unit,

    /// <summary>A function with final code in this unit, or one that is only called.</summary>
    Function,

    /// <summary>A call that is left in the final code.</summary>
    Call,

    /// <summary>
    /// Another name for a function (GCC 15 and later): an alias that the source declares or folding made, or what an ifunc
    /// resolver stands behind.
    /// </summary>
    Alias,
}
