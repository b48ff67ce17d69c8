using IpaAnalysis.Passes;

namespace IpaAnalysis.Compilers.Options;

/// <summary>Finds flags that switch forbidden passes off, and lets the compilers confirm each proposal.</summary>
/// <param name="forbidden">The passes that must not act.</param>
/// <param name="switchable">The passes that all compilers have an option for.</param>
/// <param name="ask">Tells what acts on any object with more flags; null when a compiler refuses them.</param>
internal sealed class FlagAdvisor(
    IReadOnlyCollection<IpaPass> forbidden, IReadOnlyCollection<IpaPass> switchable, Func<IReadOnlyList<string>, IReadOnlySet<string>?> ask)
{
    /// <summary>Finds flags.</summary>
    /// <param name="livePatching">The level of <c>-flive-patching</c> that is preferred; null for none.</param>
    public RecommendedFlags Recommend(string? livePatching)
    {
        var before = Acting([]) ?? [];
        if (before.Count == 0)
        {
            return new RecommendedFlags("", true);
        }

        var (level, left) = livePatching is null ? ([], null) : WithLevel($"-flive-patching={livePatching}", before);
        if (left is { Count: 0 })
        {
            return Result(level, true);
        }

        var flags = Negations(before);
        var remaining = Acting(flags);
        return remaining is null or { Count: > 0 } && left is not null && left.Count <= (remaining?.Count ?? int.MaxValue)
            ? Result(level, false)
            : Result(flags, remaining is { Count: 0 });
    }

    /// <summary>The level and options for what it leaves on; nothing when it helps nothing or is refused.</summary>
    private (List<string> Flags, List<IpaPass>? Remaining) WithLevel(string level, List<IpaPass> before)
    {
        var left = Acting([level]);
        if (left is null || left.Count == before.Count)
        {
            return ([], null);
        }

        List<string> flags = [level, .. Negations(left)];
        return (flags, left.Count == 0 ? left : Acting(flags));
    }

    private static RecommendedFlags Result(IEnumerable<string> flags, bool holds) => new(string.Join(' ', flags), holds);

    /// <summary>The forbidden passes that act with more flags, in the catalogue's order; null when a compiler refuses the flags.</summary>
    private List<IpaPass>? Acting(IReadOnlyList<string> flags) =>
        ask(flags) is { } acting ? [.. IpaPasses.All.Where(p => forbidden.Contains(p) && acting.Contains(p.Name))] : null;

    /// <summary>The option that switches each pass off, but none for a part of what is switched off as a whole.</summary>
    private List<string> Negations(List<IpaPass> passes) =>
        [.. passes.Where(p => switchable.Contains(p) && !passes.Exists(whole => whole.Name == p.PartOf)).Select(p => p.Negation)];
}
