using IpaAnalysis.Diagnostics;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating.Policies;

/// <summary>A pass that must not have shaped the code.</summary>
/// <param name="Selector">The pass, as it was named.</param>
/// <param name="Severity">How bad a violation is; only errors let the gate fail.</param>
/// <param name="Justification">Why it is forbidden, in the user's words; null when the policy forbids it.</param>
internal sealed record ForbiddenPass(PassSelector Selector, DiagnosticSeverity Severity, string? Justification = null);
