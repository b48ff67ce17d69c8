namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>What the end of a call graph's record says.</summary>
internal enum CallGraphEndKind
{
    /// <summary>Nothing: a call, or a function with code.</summary>
    Plain,

    /// <summary>A function that is only declared.</summary>
    Ellipse,

    /// <summary>Another name for a function.</summary>
    Triangle,

    /// <summary>Something that no GCC writes that is known.</summary>
    Unknown,
}
