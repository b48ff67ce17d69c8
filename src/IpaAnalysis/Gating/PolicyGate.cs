using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Gating;

/// <summary>Judges units by a policy.</summary>
/// <param name="policy">What is forbidden and accepted.</param>
/// <param name="units">The units, in the order of <paramref name="summaries"/>.</param>
/// <param name="summaries">What their files say.</param>
/// <param name="expander">Finds out what recorded options mean.</param>
internal sealed class PolicyGate(GatePolicy policy, IReadOnlyList<Unit> units, ISummarySource summaries, OptionExpander expander) : IGate
{
    /// <inheritdoc/>
    public GateResult Judge(IReadOnlySet<string>? inexact, CancellationToken cancellation) =>
        GateJudge.Judge(policy, policy.AllForbidden().IsEmpty ? [] : [.. units.Select(GateUnit.Of)], summaries, expander, inexact, cancellation);
}
