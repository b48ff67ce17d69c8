namespace IpaAnalysis.Gating.Policies;

/// <summary>An <c>IpaForbiddenPass</c> as the user wrote it.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="Severity">The severity; null for an error.</param>
/// <param name="Justification">Why it is forbidden; null when nobody says.</param>
internal sealed record ForbiddenPassSetting(string Pass, string? Severity, string? Justification);
