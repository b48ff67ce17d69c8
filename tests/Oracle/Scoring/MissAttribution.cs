using System.Collections.Concurrent;
using System.Collections.Immutable;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Truth;
using IpaAnalysis.Oracle.Units;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Oracle.Scoring;

/// <summary>
/// Tells which pass made a dependant that was missed: the one without which it is none; where there is no such pass, those
/// of which each is enough alone.
/// </summary>
internal sealed class MissAttribution
{
    /// <summary>Only several passes of facts together make it.</summary>
    public const string Combination = "combination";

    /// <summary>It stays a dependant without any pass of facts and without any single other pass.</summary>
    public const string Other = "none of these";

    // The facts are what live patching must do without; the others copy code or move it.
    private static readonly ImmutableArray<IpaPass> Facts = Passes(IpaPasses.ForbiddenBy(PassPolicies.InlineClone));
    private static readonly ImmutableArray<IpaPass> Copies = Passes(IpaPasses.All.Except(IpaPasses.ForbiddenBy(PassPolicies.InlineClone)));

    private readonly ConcurrentDictionary<(PreparedUnit, string), Lazy<ObjectCode?>> _baselines = [];

    /// <summary>The pass of each of some missed dependants.</summary>
    public IReadOnlyDictionary<string, string> Find(PreparedUnit unit, DefinedFunction function, IEnumerable<string> dependants)
    {
        var passes = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = dependants.ToHashSet(StringComparer.Ordinal);
        var withoutFacts = Differing(unit, function, [.. Facts.Select(p => p.Negation)]);
        bool IsFact(string dependant) => withoutFacts?.Contains(dependant) == false;
        Try(Facts, IsFact);
        Try(Copies, d => !IsFact(d));
        var enough = open.Where(IsFact).ToDictionary(d => d, _ => new List<string>());
        foreach (var pass in Facts.Where(_ => enough.Count > 0))
        {
            var differing = Differing(unit, function, [.. Facts.Where(p => p != pass).Select(p => p.Negation)]);
            foreach (var dependant in enough.Keys.Where(d => differing?.Contains(d) == true))
            {
                enough[dependant].Add(pass.Name);
            }
        }

        foreach (var dependant in open)
        {
            passes[dependant] = !IsFact(dependant) ? Other : enough[dependant] is { Count: > 0 } several ? string.Join(" or ", several) : Combination;
        }

        return passes;

        void Try(ImmutableArray<IpaPass> candidates, Func<string, bool> applies)
        {
            foreach (var pass in candidates.TakeWhile(_ => open.Any(applies)))
            {
                if (Differing(unit, function, [pass.Negation]) is { } differing)
                {
                    foreach (var dependant in open.Where(d => applies(d) && !differing.Contains(d)).ToList())
                    {
                        passes[dependant] = pass.Name;
                        open.Remove(dependant);
                    }
                }
            }
        }
    }

    // Without inlining everything is different: it explains what nothing else does.
    private static ImmutableArray<IpaPass> Passes(IEnumerable<IpaPass> passes) =>
        [.. passes.Where(p => p.EnabledAt != OptimizationLevels.None).OrderBy(p => p.Name == "inline").ThenBy(p => p.Name, StringComparer.Ordinal)];

    private IReadOnlySet<string>? Differing(PreparedUnit unit, DefinedFunction function, ImmutableArray<string> flags)
    {
        var key = string.Join(' ', flags);
        var baseline = _baselines.GetOrAdd(
            (unit, key), _ => new Lazy<ObjectCode?>(() => TruthFinder.Baseline(unit, flags))).Value;
        return baseline is null ? null : TruthFinder.Find(unit, baseline, function, flags);
    }
}
