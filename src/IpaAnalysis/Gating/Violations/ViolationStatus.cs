namespace IpaAnalysis.Gating.Violations;

/// <summary>What a violation means for the verdict.</summary>
internal enum ViolationStatus
{
    /// <summary>It counts.</summary>
    Counts,

    /// <summary>An exception accepts it.</summary>
    Excepted,

    /// <summary>The baseline knows it.</summary>
    Known,
}
