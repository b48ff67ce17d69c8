using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.Gating;

/// <summary>What the gate found.</summary>
internal sealed record GateResult
{
    /// <summary>The policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>The judgement.</summary>
    public required GateVerdict Verdict { get; init; }

    /// <summary>Every violation, accepted ones too, in the manifest's order.</summary>
    public ImmutableArray<Violation> Violations { get; init; } = [];

    /// <summary>What to report for the violations that count; the flood of one pass is cut and counted.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What is wrong with exceptions and baseline.</summary>
    public ImmutableArray<Diagnostic> Notices { get; init; } = [];

    /// <summary>The flags to add so that the policy holds; empty when it does, or when no flags can make it hold.</summary>
    public string RecommendedFlags { get; init; } = "";

    /// <summary>The result where nothing is forbidden.</summary>
    public static GateResult NotEvaluated(string policy) => new() { Policy = policy, Verdict = GateVerdict.NotEvaluated };
}
