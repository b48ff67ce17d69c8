using IpaAnalysis.Gating;

namespace IpaAnalysis.Verdicts;

/// <summary>Judges all objects by the gate's policy.</summary>
/// <param name="inexact">
/// Names of the objects of patched functions in which it is not known exactly what depends on them; null when no function is
/// patched, so that nothing is known of any object.
/// </param>
internal delegate GateResult GateQuestion(IReadOnlySet<string>? inexact);
