namespace IpaAnalysis.Verdicts;

/// <summary>The counts of a manifest's <c>summary</c>; contract section 6 says what each counts.</summary>
/// <param name="Objects">Units read.</param>
/// <param name="Functions">Distinct (object, symbol) with a body in the unit.</param>
/// <param name="CloneEdges">Distinct (object, original, copy, reason).</param>
/// <param name="CallEdges">Distinct (object, caller, callee).</param>
/// <param name="PatchedFunctions">Source functions told of in full.</param>
/// <param name="AffectedFunctions">Distinct (object, symbol) that depend on one of them.</param>
/// <param name="FunctionsToPatch">Distinct (object, symbol) that must be replaced.</param>
internal sealed record AnalysisTotals(
    int Objects,
    int Functions,
    int CloneEdges,
    int CallEdges,
    int PatchedFunctions,
    int AffectedFunctions,
    int FunctionsToPatch);
