namespace IpaAnalysis.Gating.Policies;

/// <summary>An <c>IpaGateException</c> as the user wrote it.</summary>
/// <param name="Pass">The pass.</param>
/// <param name="Justification">Why it is accepted.</param>
/// <param name="Object">The object; null for any.</param>
/// <param name="Function">The function; null for any.</param>
/// <param name="SourceFile">The source file; null for any.</param>
internal sealed record GateExemptionSetting(string Pass, string? Justification, string? Object, string? Function, string? SourceFile)
{
    /// <summary>The absolute path that <see cref="SourceFile"/> is, taken as one from the project's directory; null for none.</summary>
    public string? SourcePath { get; init; }
}
