namespace IpaAnalysis.Gating;

/// <summary>The gate's judgement.</summary>
internal enum GateVerdict
{
    /// <summary>Nothing is forbidden, so nothing was looked at.</summary>
    NotEvaluated,

    /// <summary>No violation that counts is an error.</summary>
    Passed,

    /// <summary>Some violation that counts is an error.</summary>
    Failed,
}
