using System.Collections.Immutable;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Prediction;
using IpaAnalysis.Oracle.Truth;

namespace IpaAnalysis.Oracle.Scoring;

/// <summary>A prediction beside the truth.</summary>
/// <param name="Truth">The truth.</param>
/// <param name="Prediction">The prediction; nothing when the predictor does not know the function.</param>
/// <param name="Time">What the prediction took, on average in its unit.</param>
internal sealed record PredictedTruth(FunctionTruth Truth, Prediction.Prediction? Prediction, TimeSpan Time)
{
    /// <summary>The predicted functions that truth can judge.</summary>
    public IEnumerable<KeyValuePair<string, PredictedKind>> Judged =>
        (Prediction?.Affected ?? new Dictionary<string, PredictedKind>()).Where(p => Truth.Compared.Contains(p.Key));

    /// <summary>The dependants that are not predicted, for whatever reason.</summary>
    public ImmutableArray<CodeDifference> Misses =>
        [.. Truth.Dependants.Where(d => Prediction?.Affected.TryGetValue(d.Origin, out var kind) != true || kind == PredictedKind.Refuted)];

    /// <summary>The functions that are said to rely on the patched one and do not differ.</summary>
    public IEnumerable<string> FalseAlarms =>
        Judged.Where(p => p.Value == PredictedKind.Dependence && !Differs(p.Key)).Select(p => p.Key);

    public bool Differs(string function) => Truth.Dependants.Any(d => d.Origin == function);
}
