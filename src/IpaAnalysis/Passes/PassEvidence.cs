namespace IpaAnalysis.Passes;

/// <summary>What shows that a pass acted.</summary>
internal enum PassEvidence
{
    /// <summary>A line of the clone dump for each body it copied.</summary>
    CloneDump,

    /// <summary>A pair in GCC's record of identical code folding, where there is one; else that it was enabled.</summary>
    FoldingRecord,

    /// <summary>It leaves no trace: that it was enabled is all there is.</summary>
    Options,
}
