using System.Collections.Immutable;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Impact;
using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Gating;

/// <summary>
/// Judges objects by a policy: by what the dumps show where a pass leaves a trace, else by the options that were in effect.
/// </summary>
internal sealed class GateJudge
{
    private const string LinkageUnknown =
        "there is neither a symbol table nor anything else that tells which inlined functions have external linkage. Give the objects beside their dumps, not stripped.";

    private static readonly ILookup<string, string> s_partsOf =
        IpaPasses.All.Where(p => p.PartOf is not null).ToLookup(p => p.PartOf!, p => p.Name);

    private readonly GatePolicy _policy;
    private readonly IReadOnlyList<GateUnit> _units;
    private readonly ISummarySource _summaries;
    private readonly OptionExpander _expander;
    private readonly IReadOnlySet<string>? _inexact;
    private readonly GateRules _rules;
    private readonly GateRules _rulesWhereListed;
    private readonly Acceptance _acceptance;
    private readonly ObjectViolations _objects;
    private readonly FunctionViolations _functions;

    private GateJudge(
        GatePolicy policy, IReadOnlyList<GateUnit> units, ISummarySource summaries, OptionExpander expander, IReadOnlySet<string>? inexact)
    {
        _policy = policy;
        _units = units;
        _summaries = summaries;
        _expander = expander;
        _inexact = policy.AcceptsListed ? inexact : null;
        _rules = new GateRules(policy.AllForbidden(), policy.ForbidsExternalInlining ? policy.Severity : null);
        _rulesWhereListed = new GateRules(policy.ForbiddenByItems());
        _acceptance = new Acceptance(policy);
        _objects = new ObjectViolations(policy, _acceptance);
        _functions = new FunctionViolations(_acceptance);
    }

    /// <summary>Judges.</summary>
    /// <param name="policy">What is forbidden and accepted.</param>
    /// <param name="units">The objects, in the order of <paramref name="summaries"/>.</param>
    /// <param name="summaries">What their files say; only summaries that can show a violation are loaded.</param>
    /// <param name="expander">Finds out what recorded options mean.</param>
    /// <param name="inexact">
    /// The objects of patched functions in which not everything that depends on them is listed: there a policy that accepts what
    /// is listed accepts nothing. Null when no function is patched, so that nothing is listed.
    /// </param>
    /// <param name="cancellation">Ends the work early.</param>
    public static GateResult Judge(
        GatePolicy policy,
        IReadOnlyList<GateUnit> units,
        ISummarySource summaries,
        OptionExpander expander,
        IReadOnlySet<string>? inexact,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(summaries);
        ArgumentNullException.ThrowIfNull(expander);
        var judge = new GateJudge(policy, units, summaries, expander, inexact);
        return judge._rules.Forbidden.IsEmpty ? GateResult.NotEvaluated(policy.Name) : judge.Judge(cancellation);
    }

    private GateResult Judge(CancellationToken cancellation)
    {
        var options = Expand(cancellation);
        for (var i = 0; i < _units.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            JudgeOptions(RulesOf(i), _units[i], _summaries.FactsOf(i), options[i]);
            JudgeTraces(RulesOf(i), i, options[i]);
        }

        ImmutableArray<Violation> violations = [.. _objects.Violations.Concat(_functions.Violations).Order(ViolationOrder.Instance)];
        var counting = violations.Where(v => v.Status == ViolationStatus.Counts).ToArray();
        var flags = counting.Length > 0 ? Recommend(cancellation) : new RecommendedFlags("", true);
        return new GateResult
        {
            Policy = _policy.Name,
            Verdict = Array.Exists(counting, v => v.Severity == DiagnosticSeverity.Error) ? GateVerdict.Failed : GateVerdict.Passed,
            Violations = violations,
            Diagnostics = GateReport.Write(counting, flags, _policy.MaxDiagnosticsPerPass),
            Notices = [.. Notices()],
            RecommendedFlags = flags.Flags,
        };
    }

    /// <summary>What is forbidden in an object.</summary>
    private GateRules RulesOf(int unit) => IsListed(_units[unit].Object) ? _rulesWhereListed : _rules;

    /// <summary>Whether all that depends on patched functions in an object is listed, so that only the user's items forbid anything.</summary>
    private bool IsListed(string name) => _inexact?.Contains(name) == false;

    private IEnumerable<Diagnostic> Notices()
    {
        if (_policy.AcceptsListed && _inexact is null)
        {
            yield return DiagnosticCatalog.NothingListed.At(
                $"IpaPassPolicy is '{_policy.Name}', but no function is patched, so nothing lists what depends on it: everything is judged as by inline-clone. Add an IpaPatchedFunction.");
        }

        foreach (var notice in _acceptance.Notices(IsPassedOver, IsPassedOver))
        {
            yield return notice;
        }
    }

    /// <summary>Whether an entry of the baseline may still be true of an object that is not judged by the policy.</summary>
    private bool IsPassedOver(BaselineEntry entry) =>
        IsListed(entry.Object) && !_rulesWhereListed.Forbidden.Any(f => entry.Pass is null || f.Selector.Name == entry.Pass);

    /// <summary>Whether an exception may match what the policy does not judge.</summary>
    private bool IsPassedOver(GateExemption exception) =>
        _units.Any(u => IsListed(u.Object) && (exception.Object is null || PathSuffix.Matches(u.Object, exception.Object)))
        && !_rulesWhereListed.Forbidden.Any(f => exception.Selector.Covers(f.Selector));

    /// <summary>The options of each object that is judged by them; null for the others.</summary>
    private ObjectOptions?[] Expand(CancellationToken cancellation)
    {
        var needing = Enumerable.Range(0, _units.Count).Where(i => RulesOf(i).NeedOptions(_summaries.FactsOf(i))).ToArray();
        OptionsQuery[] queries = [.. needing.Select(QueryOf)];
        OptionsQuery[] distinct = [.. queries.Distinct()];
        var answers = distinct.Zip(_expander.Expand(distinct, cancellation)).ToDictionary(x => x.First, x => x.Second);
        var options = new ObjectOptions?[_units.Count];
        for (var i = 0; i < needing.Length; i++)
        {
            options[needing[i]] = answers[queries[i]];
        }

        return options;
    }

    private RecommendedFlags Recommend(CancellationToken cancellation)
    {
        int[] judged = [.. Enumerable.Range(0, _units.Count).Where(i => !RulesOf(i).Forbidden.IsEmpty)];
        GateRules[] rules = [.. judged.Select(RulesOf).Distinct()];
        return _expander.Recommend(
            [.. judged.Select(QueryOf).Distinct()],
            [.. rules.SelectMany(r => r.Forbidden).SelectMany(f => f.Selector.Passes).Distinct()],
            rules.Contains(_rules) ? _policy.LivePatchingLevel : null,
            cancellation);
    }

    private OptionsQuery QueryOf(int unit)
    {
        var facts = _summaries.FactsOf(unit);
        return new OptionsQuery(_units[unit].Recorded, _units[unit].Recorded is null ? facts.Producer : null, [.. facts.Compilers], facts.Machine);
    }

    private void JudgeOptions(GateRules rules, GateUnit unit, UnitFacts facts, ObjectOptions? options)
    {
        if (options is null)
        {
            return;
        }

        if (options.Problem is { } problem)
        {
            _objects.AddUnknown(unit, problem);
            return;
        }

        foreach (var forbidden in rules.Forbidden)
        {
            if (forbidden.Selector.Passes.Any(p => rules.AreOptionsDecisive(p, forbidden.Severity, facts) && IsEnabled(p, options)))
            {
                _objects.AddEnabled(unit, forbidden, options);
            }
        }
    }

    /// <summary>Whether a pass acted. One that consists of others did if one of those did.</summary>
    private static bool IsEnabled(IpaPass pass, ObjectOptions options)
    {
        var existing = s_partsOf[pass.Name].Where(options.Existing.Contains).ToArray();
        return existing.Length > 0 ? existing.Any(options.Enabled.Contains) : options.Enabled.Contains(pass.Name);
    }

    private void JudgeTraces(GateRules rules, int index, ObjectOptions? options)
    {
        var (unit, facts) = (_units[index], _summaries.FactsOf(index));
        ObjectSummary? summary = null;
        foreach (var (kind, forbiddenPasses) in rules.Kinds)
        {
            if ((facts.CloneKinds & UnitFacts.KindOf(kind)) != 0
                && Array.Find(forbiddenPasses, f => MayHaveMade(f.Selector, options)) is { } forbidden)
            {
                _functions.AddCopies(unit, summary ??= _summaries.Load(index), forbidden, kind);
            }
        }

        if (rules.ExternalInlining is { } externalInlining && (facts.CloneKinds & UnitFacts.KindOf(ClonePasses.Inline)) != 0)
        {
            if (facts.HasSymbolTable)
            {
                _functions.AddExternalInlined(unit, summary ??= _summaries.Load(index), externalInlining);
            }
            else
            {
                _objects.AddUnknown(unit, LinkageUnknown);
            }
        }

        if (rules.Folding is { } folding && facts.Foldings > 0)
        {
            _functions.AddFoldings(unit, summary ?? _summaries.Load(index), folding);
        }
    }

    private static bool MayHaveMade(PassSelector selector, ObjectOptions? options) =>
        !selector.IsOneOfSeveral || options?.Enabled.Contains(selector.Name) == true;
}
