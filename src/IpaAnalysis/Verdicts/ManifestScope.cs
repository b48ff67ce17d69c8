namespace IpaAnalysis.Verdicts;

/// <summary>Which functions a manifest tells of.</summary>
internal enum ManifestScope
{
    /// <summary>The patched functions, in full.</summary>
    Patched,

    /// <summary>Every source function that something depends on, with counts only.</summary>
    Index,

    /// <summary>Every source function that something depends on, in full.</summary>
    All,
}
