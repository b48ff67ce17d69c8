namespace IpaAnalysis.Oracle.Prediction;

/// <summary>Why a function is predicted to be affected, as far as it matters for the score.</summary>
internal enum PredictedKind
{
    /// <summary>Its code relies on the patched function.</summary>
    Dependence,

    /// <summary>The compiler decided otherwise when it could not see the body; the code need not rely on it.</summary>
    Decision,

    /// <summary>It must be replaced to reach a replaced clone of another function; its code is the same. Truth cannot show it.</summary>
    Routing,
}
