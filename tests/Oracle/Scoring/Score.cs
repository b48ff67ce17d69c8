using IpaAnalysis.Oracle.Prediction;

namespace IpaAnalysis.Oracle.Scoring;

/// <summary>How well predictions meet the truth: pairs of a patched function and a dependant are counted.</summary>
internal sealed record Score
{
    /// <summary>The true pairs.</summary>
    public required int True { get; init; }

    /// <summary>The true pairs that are predicted as a dependence or as a decision.</summary>
    public required int Found { get; init; }

    /// <summary>The pairs that are predicted as a dependence.</summary>
    public required int Predicted { get; init; }

    /// <summary>Those of them that are true.</summary>
    public required int Right { get; init; }

    /// <summary>The pairs that are predicted as a mere decision.</summary>
    public required int Decisions { get; init; }

    /// <summary>Those of them whose code differs.</summary>
    public required int DecisionsThatDiffer { get; init; }

    /// <summary>The pairs that only routing needs, which no truth can judge.</summary>
    public required int Routing { get; init; }

    /// <summary>The functions for which the predictor vouches.</summary>
    public required int Exact { get; init; }

    /// <summary>The middle of the times a prediction took.</summary>
    public required TimeSpan MedianTime { get; init; }

    /// <summary>NaN, as the other shares, where there is nothing to count.</summary>
    public double Recall => Share(Found, True);

    public double Precision => Share(Right, Predicted);

    public double PrecisionWithDecisions => Share(Right + DecisionsThatDiffer, Predicted + Decisions);

    public static Score Of(IReadOnlyCollection<PredictedTruth> results)
    {
        int Count(PredictedKind kind, bool mustDiffer) =>
            results.Sum(r => r.Judged.Count(p => p.Value == kind && (!mustDiffer || r.Differs(p.Key))));
        var all = results.Sum(r => r.Truth.Dependants.Length);
        return new Score
        {
            True = all,
            Found = all - results.Sum(r => r.Misses.Length),
            Predicted = Count(PredictedKind.Dependence, false),
            Right = Count(PredictedKind.Dependence, true),
            Decisions = Count(PredictedKind.Decision, false),
            DecisionsThatDiffer = Count(PredictedKind.Decision, true),
            Routing = Count(PredictedKind.Routing, false),
            Exact = results.Count(r => r.Prediction?.IsExact == true),
            MedianTime = results.Select(r => r.Time).Order().Skip(results.Count / 2).FirstOrDefault(),
        };
    }

    private static double Share(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;
}
