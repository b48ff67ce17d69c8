using System.Collections.Immutable;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Compilers;
using IpaAnalysis.Passes;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Gating;

/// <summary>
/// Judges objects by a policy: by what the dumps show where a pass leaves a trace, else by the options that were in effect.
/// </summary>
public sealed class GateJudge
{
    private const string LinkageUnknown =
        "there is neither a symbol table nor anything else that tells which inlined functions have external linkage. Give the objects beside their dumps, not stripped.";

    private static readonly ILookup<string, string> s_partsOf =
        IpaPasses.All.Where(p => p.PartOf is not null).ToLookup(p => p.PartOf!, p => p.Name);

    private readonly GatePolicy _policy;
    private readonly IReadOnlyList<GateUnit> _units;
    private readonly ISummarySource _summaries;
    private readonly OptionExpander _expander;
    private readonly ImmutableArray<ForbiddenPass> _forbidden;
    private readonly Dictionary<ClonePass, ForbiddenPass[]> _kinds;
    private readonly ForbiddenPass? _externalInlining;
    private readonly Acceptance _acceptance;
    private readonly ObjectViolations _objects;
    private readonly FunctionViolations _functions;

    private GateJudge(GatePolicy policy, IReadOnlyList<GateUnit> units, ISummarySource summaries, OptionExpander expander)
    {
        _policy = policy;
        _units = units;
        _summaries = summaries;
        _expander = expander;
        _forbidden = policy.AllForbidden();
        _acceptance = new Acceptance(policy);
        _objects = new ObjectViolations(policy, _acceptance);
        _functions = new FunctionViolations(_acceptance);

        // The strictest first: each clone is reported once.
        _kinds = _forbidden.Where(f => f.Selector.Kind is not null)
            .GroupBy(f => f.Selector.Kind!)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(f => f.Severity).ToArray());

        // A policy that forbids all inlining says the same of each function already.
        _externalInlining = policy.ForbidsExternalInlining && !_kinds.ContainsKey(ClonePasses.Inline)
            ? new ForbiddenPass(PassSelector.Find(ClonePasses.Inline.Name)!, policy.Severity)
            : null;
    }

    /// <summary>Judges.</summary>
    /// <param name="policy">What is forbidden and accepted.</param>
    /// <param name="units">The objects, in the order of <paramref name="summaries"/>.</param>
    /// <param name="summaries">What their files say; only summaries that can show a violation are loaded.</param>
    /// <param name="expander">Finds out what recorded options mean.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static GateResult Judge(
        GatePolicy policy, IReadOnlyList<GateUnit> units, ISummarySource summaries, OptionExpander expander, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(summaries);
        ArgumentNullException.ThrowIfNull(expander);
        var judge = new GateJudge(policy, units, summaries, expander);
        return judge._forbidden.IsEmpty ? GateResult.NotEvaluated(policy.Name) : judge.Judge(cancellation);
    }

    private GateResult Judge(CancellationToken cancellation)
    {
        var options = Expand(cancellation);
        for (var i = 0; i < _units.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            JudgeOptions(_units[i], _summaries.FactsOf(i), options[i]);
            JudgeTraces(i, options[i]);
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
            Notices = [.. _acceptance.Notices()],
            RecommendedFlags = flags.Flags,
        };
    }

    /// <summary>The options of each object that is judged by them; null for the others.</summary>
    private ObjectOptions?[] Expand(CancellationToken cancellation)
    {
        var needing = Enumerable.Range(0, _units.Count).Where(i => _forbidden.Any(f => NeedsOptions(f, _summaries.FactsOf(i)))).ToArray();
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

    private RecommendedFlags Recommend(CancellationToken cancellation) => _expander.Recommend(
        [.. Enumerable.Range(0, _units.Count).Select(QueryOf).Distinct()],
        [.. _forbidden.SelectMany(f => f.Selector.Passes).Distinct()],
        _policy.LivePatchingLevel,
        cancellation);

    private OptionsQuery QueryOf(int unit)
    {
        var facts = _summaries.FactsOf(unit);
        return new OptionsQuery(_units[unit].Recorded, _units[unit].Recorded is null ? facts.Producer : null, [.. facts.Compilers], facts.Machine);
    }

    /// <summary>Whether only the options can tell whether a pass acted.</summary>
    private static bool NeedsOptions(ForbiddenPass forbidden, UnitFacts facts) =>
        forbidden.Selector.Passes.Any(p => p.Evidence switch
        {
            PassEvidence.CloneDump => !facts.HasDump || forbidden.Selector.IsOneOfSeveral,
            PassEvidence.FoldingRecord => !facts.HasFoldingRecord,
            _ => true,
        });

    private void JudgeOptions(GateUnit unit, UnitFacts facts, ObjectOptions? options)
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

        foreach (var forbidden in _forbidden)
        {
            if (forbidden.Selector.Passes.Any(p => IsJudgedByOptions(p, forbidden.Severity, facts) && IsEnabled(p, options)))
            {
                _objects.AddEnabled(unit, forbidden, options);
            }
        }
    }

    private bool IsJudgedByOptions(IpaPass pass, DiagnosticSeverity severity, UnitFacts facts)
    {
        // Where the whole is judged by options, its parts are in it, unless one is worse.
        if (pass.PartOf is not null && !facts.HasFoldingRecord && _forbidden.Any(f => f.Selector.Name == pass.PartOf && f.Severity >= severity))
        {
            return false;
        }

        return pass.Evidence switch
        {
            PassEvidence.CloneDump => !facts.HasDump,
            PassEvidence.FoldingRecord => !facts.HasFoldingRecord,
            _ => true,
        };
    }

    /// <summary>Whether a pass acted. One that consists of others did if one of those did.</summary>
    private static bool IsEnabled(IpaPass pass, ObjectOptions options)
    {
        var existing = s_partsOf[pass.Name].Where(options.Existing.Contains).ToArray();
        return existing.Length > 0 ? existing.Any(options.Enabled.Contains) : options.Enabled.Contains(pass.Name);
    }

    private void JudgeTraces(int index, ObjectOptions? options)
    {
        var (unit, facts) = (_units[index], _summaries.FactsOf(index));
        ObjectSummary? summary = null;
        foreach (var (kind, forbiddenPasses) in _kinds)
        {
            if ((facts.CloneKinds & UnitFacts.KindOf(kind)) != 0
                && Array.Find(forbiddenPasses, f => MayHaveMade(f.Selector, options)) is { } forbidden)
            {
                _functions.AddCopies(unit, summary ??= _summaries.Load(index), forbidden, kind);
            }
        }

        if (_externalInlining is not null && (facts.CloneKinds & UnitFacts.KindOf(ClonePasses.Inline)) != 0)
        {
            if (facts.HasSymbolTable)
            {
                _functions.AddExternalInlined(unit, summary ??= _summaries.Load(index), _externalInlining);
            }
            else
            {
                _objects.AddUnknown(unit, LinkageUnknown);
            }
        }

        // The whole stands for its parts.
        var folding = _forbidden.FirstOrDefault(f => f.Selector.Passes.Any(p => p.Evidence == PassEvidence.FoldingRecord));
        if (folding is not null && facts.Foldings > 0)
        {
            _functions.AddFoldings(unit, summary ?? _summaries.Load(index), folding);
        }
    }

    private static bool MayHaveMade(PassSelector selector, ObjectOptions? options) =>
        !selector.IsOneOfSeveral || options?.Enabled.Contains(selector.Name) == true;
}
