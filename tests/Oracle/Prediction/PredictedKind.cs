namespace IpaAnalysis.Oracle.Prediction;

/// <summary>Why a function is predicted to be affected, as far as it matters for the score.</summary>
internal enum PredictedKind
{
    /// <summary>Its code relies on the patched function.</summary>
    Dependence,

    /// <summary>The compiler decided otherwise when it could not see the body; the code need not rely on it.</summary>
    Decision,

    /// <summary>It calls a clone of another function that must be replaced, or shares its address with one: its own code need not rely on anything. Truth cannot show it.</summary>
    Routing,

    /// <summary>The dumps tell of it, but the compiler showed that its code does not depend on the patched function.</summary>
    Refuted,
}
