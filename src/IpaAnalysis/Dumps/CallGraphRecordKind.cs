namespace IpaAnalysis.Dumps;

/// <summary>What a line of a call graph tells.</summary>
public enum CallGraphRecordKind
{
    /// <summary>The graph begins: its main source file.</summary>
    Unit,

    /// <summary>A function with final code in this unit, or one that is only called.</summary>
    Function,

    /// <summary>A call that is left in the final code.</summary>
    Call,
}
