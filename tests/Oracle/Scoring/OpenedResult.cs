using IpaAnalysis.Oracle.Truth;

namespace IpaAnalysis.Oracle.Scoring;

/// <summary>What is said of a function's callees and variables, beside the truth.</summary>
/// <param name="Function">The function.</param>
/// <param name="Truth">The truth.</param>
/// <param name="Predicted">What is said.</param>
internal sealed record OpenedResult(FunctionTruth Function, OpenedNames Truth, OpenedNames Predicted)
{
    /// <summary>What is not said, by name.</summary>
    public IEnumerable<string> Misses => Truth.Callees.Except(Predicted.Callees).Concat(Truth.Variables.Except(Predicted.Variables)).Order(StringComparer.Ordinal);

    /// <summary>What is said and not so, by name.</summary>
    public IEnumerable<string> FalseAlarms => Predicted.Callees.Except(Truth.Callees).Concat(Predicted.Variables.Except(Truth.Variables)).Order(StringComparer.Ordinal);
}
