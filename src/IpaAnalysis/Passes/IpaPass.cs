namespace IpaAnalysis.Passes;

/// <summary>A pass of GCC that lets the code of one function depend on another, with the option that controls it.</summary>
/// <param name="Name">The option without <c>-f</c>.</param>
/// <param name="Effect">What relies on what, in a few words that go behind "so".</param>
/// <param name="Since">The first major version of GCC that has the option; 0 for all that can dump clones (7 and later).</param>
/// <param name="EnabledAt">The levels at which it is on by default (GCC 11 to 16; <c>-Q --help=optimizers</c> decides, not this).</param>
/// <param name="Flow">Which way facts flow.</param>
/// <param name="Evidence">What shows that it acted.</param>
/// <param name="ForbiddenBy">The policies that forbid it.</param>
internal sealed record IpaPass(
    string Name,
    string Effect,
    int Since,
    OptimizationLevels EnabledAt,
    FactFlow Flow,
    PassEvidence Evidence,
    PassPolicies ForbiddenBy)
{
    /// <summary>The kind of clone it leaves; null when it leaves none.</summary>
    public ClonePass? Leaves { get; init; }

    /// <summary>The pass without which it does nothing; null when there is none.</summary>
    public string? Requires { get; init; }

    /// <summary>The first major version of GCC in which it acts without <see cref="Requires"/> too; 0 for never.</summary>
    public int IndependentSince { get; init; }

    /// <summary>The pass whose option switches this one with others; null when there is none.</summary>
    public string? PartOf { get; init; }

    /// <summary>The option that switches it on: <c>-fipa-ra</c>.</summary>
    public string Option => "-f" + Name;

    /// <summary>The option that switches it off: <c>-fno-ipa-ra</c>.</summary>
    public string Negation => "-fno-" + Name;
}
