using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating.Policies;

/// <summary>What is forbidden, what is accepted, and how it is told.</summary>
internal sealed record GatePolicy
{
    private const string Listed = "listed";

    /// <summary>The names of the policies, the default first.</summary>
    public static ImmutableArray<string> Names { get; } = ["inline-clone", "inline-only-static", "none", Listed];

    /// <summary>The policy's name.</summary>
    public required string Name { get; init; }

    /// <summary>The severity of what the policy forbids, and of objects whose options are unknown.</summary>
    public DiagnosticSeverity Severity { get; init; } = DiagnosticSeverity.Warning;

    /// <summary>What the user forbids, each with a severity of its own.</summary>
    public ImmutableArray<ForbiddenPass> Forbidden { get; init; } = [];

    /// <summary>What the user accepts.</summary>
    public ImmutableArray<GateExemption> Exceptions { get; init; } = [];

    /// <summary>The known violations; null without a baseline.</summary>
    public GateBaseline? Baseline { get; init; }

    /// <summary>How many located diagnostics there are at most for a pass; the rest is counted in one more.</summary>
    public int MaxDiagnosticsPerPass { get; init; } = 20;

    /// <summary>The same policy as the catalogue knows it.</summary>
    public PassPolicies Policies => Name switch
    {
        "inline-clone" or Listed => PassPolicies.InlineClone,
        "inline-only-static" => PassPolicies.InlineOnlyStatic,
        _ => PassPolicies.None,
    };

    /// <summary>Whether functions with external linkage must not be inlined.</summary>
    public bool ForbidsExternalInlining => Policies == PassPolicies.InlineOnlyStatic;

    /// <summary>GCC's level of <c>-flive-patching</c> for the policy; null when it has none.</summary>
    public string? LivePatchingLevel => Policies switch
    {
        PassPolicies.InlineClone => "inline-clone",
        PassPolicies.InlineOnlyStatic => "inline-only-static",
        _ => null,
    };

    /// <summary>
    /// Whether the policy forbids nothing where everything that depends on patched functions is listed, whatever pass made it
    /// so; elsewhere it is <c>inline-clone</c>.
    /// </summary>
    public bool AcceptsListed => Name == Listed;

    /// <summary>What the user forbids, sorted by name. Of two items for one pass the stricter holds.</summary>
    public ImmutableArray<ForbiddenPass> ForbiddenByItems() =>
        [.. Forbidden.OrderByDescending(f => f.Severity).DistinctBy(f => f.Selector.Name).OrderBy(f => f.Selector.Name, StringComparer.Ordinal)];

    /// <summary>
    /// Everything that is forbidden, the user's items before the policy's passes, sorted by name; what an item names
    /// is not repeated for the policy.
    /// </summary>
    public ImmutableArray<ForbiddenPass> AllForbidden()
    {
        var items = ForbiddenByItems();
        var rest = IpaPasses.ForbiddenBy(Policies)
            .Select(p => new ForbiddenPass(PassSelector.Of(p), Severity))
            .Where(f => !items.Any(i => i.Selector.Covers(f.Selector) && i.Selector.Kind == f.Selector.Kind));
        return [.. items, .. rest];
    }
}
