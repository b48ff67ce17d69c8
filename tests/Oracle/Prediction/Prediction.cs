using IpaAnalysis.Oracle.Truth;

namespace IpaAnalysis.Oracle.Prediction;

/// <summary>What a predictor says of a function.</summary>
/// <param name="Affected">The functions of the source with code that is affected.</param>
/// <param name="IsExact">Whether the predictor vouches for it.</param>
/// <param name="Cause">Why it does not, in words.</param>
internal sealed record Prediction(IReadOnlyDictionary<string, PredictedKind> Affected, bool IsExact, string Cause = "")
{
    /// <summary>Unsafe callees and folded variables; null where the predictor says nothing of them.</summary>
    public OpenedNames? Opened { get; init; }

    /// <summary>What the predictor shows for a function, in words.</summary>
    public IReadOnlyDictionary<string, string> Evidence { get; init; } = new Dictionary<string, string>();
}
