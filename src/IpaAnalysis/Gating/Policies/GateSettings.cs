using System.Collections.Immutable;

namespace IpaAnalysis.Gating.Policies;

/// <summary>The gate's settings as the user wrote them.</summary>
internal sealed record GateSettings
{
    /// <summary>The policy's name; empty for the default.</summary>
    public string Policy { get; init; } = "";

    /// <summary>The severity of the policy's violations; empty for the default.</summary>
    public string Severity { get; init; } = "";

    /// <summary>Passes that are forbidden too.</summary>
    public ImmutableArray<ForbiddenPassSetting> ForbiddenPasses { get; init; } = [];

    /// <summary>Violations that are accepted.</summary>
    public ImmutableArray<GateExemptionSetting> Exceptions { get; init; } = [];

    /// <summary>How many located diagnostics there are at most for a pass; empty for the default.</summary>
    public string MaxDiagnosticsPerPass { get; init; } = "";
}
