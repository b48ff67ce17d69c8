using System.Collections.Immutable;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Which passes are tried as the reason for other code, and in which order: the first without which it is the same is named.</summary>
internal static class PassOrder
{
    /// <summary>What is named where no single pass is the reason.</summary>
    public const string Combination = "combination";

    /// <summary>What is named where only the order of blocks differs, after GCC's <c>-freorder-blocks</c>.</summary>
    public const string BlockOrder = "reorder-blocks";

    /// <summary>The passes that let code rely on a body that it does not hold, what carries facts to callers first, and what needs another pass before that one.</summary>
    /// <param name="enabled">Names of the passes that act on the unit.</param>
    /// <param name="flows">The ways that facts may have flowed.</param>
    public static ImmutableArray<IpaPass> Of(IReadOnlyCollection<string> enabled, params IReadOnlyList<FactFlow> flows) =>
    [
        .. IpaPasses.All
            .Where(p => p.ForbiddenBy != PassPolicies.None && enabled.Contains(p.Name) && flows.Contains(p.Flow))
            .Where(p => p.PartOf is null || !enabled.Contains(p.PartOf))
            .OrderBy(p => flows.ToList().IndexOf(p.Flow))
            .ThenBy(p => p.Requires is null)
            .ThenBy(p => p.Name, StringComparer.Ordinal),
    ];
}
