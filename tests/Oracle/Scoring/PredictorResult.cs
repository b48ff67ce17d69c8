using System.Collections.Immutable;

namespace IpaAnalysis.Oracle.Scoring;

/// <summary>A predictor measured on a code base.</summary>
/// <param name="Name">The predictor's name.</param>
/// <param name="Results">Each function's prediction beside the truth.</param>
/// <param name="MissedPasses">For each miss that was looked into, the pass that made it.</param>
internal sealed record PredictorResult(string Name, IReadOnlyList<PredictedTruth> Results, ImmutableArray<string> MissedPasses);
