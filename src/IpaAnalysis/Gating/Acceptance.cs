using System.Globalization;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating;

/// <summary>Decides which violations exceptions and baseline accept, and notes what of these was of use.</summary>
internal sealed class Acceptance(GatePolicy policy)
{
    private const int MaxExamples = 5;

    private readonly bool[] _used = new bool[policy.Exceptions.Length];
    private readonly HashSet<BaselineEntry> _seen = [];

    /// <summary>Judges a violation that concerns a whole object.</summary>
    /// <param name="selector">The pass; null when it is unknown which passes ran, which no exception can name.</param>
    /// <param name="unit">The object.</param>
    /// <param name="entry">What a baseline calls it.</param>
    public (ViolationStatus Status, string? Justification) Judge(PassSelector? selector, GateUnit unit, BaselineEntry entry) =>
        Judge(e => selector is not null && e.Accepts(selector, unit), entry);

    /// <summary>Judges a violation in one function.</summary>
    public (ViolationStatus Status, string? Justification) Judge(
        PassSelector selector, GateUnit unit, string function, string symbol, string? sourceFile, BaselineEntry entry) =>
        Judge(e => e.Accepts(selector, unit, function, symbol, sourceFile), entry);

    /// <summary>What was of no use.</summary>
    /// <param name="isPassedOver">Whether an exception may match what was not judged.</param>
    /// <param name="isEntryPassedOver">Whether an entry of the baseline may stand for what was not judged.</param>
    public IEnumerable<Diagnostic> Notices(Func<GateExemption, bool> isPassedOver, Func<BaselineEntry, bool> isEntryPassedOver)
    {
        for (var i = 0; i < _used.Length; i++)
        {
            if (!_used[i] && !isPassedOver(policy.Exceptions[i]))
            {
                yield return DiagnosticCatalog.ExceptionUnused.At(
                    $"The IpaGateException {Describe(policy.Exceptions[i])} matches no violation. Remove it, or correct it.");
            }
        }

        var obsolete = policy.Baseline?.Entries.Where(e => !_seen.Contains(e) && !isEntryPassedOver(e))
            .OrderBy(e => e.Code, StringComparer.Ordinal)
            .ThenBy(e => e.Pass, StringComparer.Ordinal)
            .ThenBy(e => e.Object, Utf8Order.Instance)
            .ThenBy(e => e.Function, Utf8Order.Instance)
            .ThenBy(e => e.SourceFile, Utf8Order.Instance)
            .ToArray() ?? [];
        if (obsolete.Length > 0)
        {
            var examples = string.Join(", ", obsolete.Take(MaxExamples).Select(Describe));
            yield return DiagnosticCatalog.BaselineObsolete.At(string.Create(
                CultureInfo.InvariantCulture,
                $"{obsolete.Length} of the {policy.Baseline!.Entries.Count} entries of the baseline no longer occur, such as {examples}. Remove them with dotnet build -t:IpaUpdateGateBaseline."));
        }
    }

    private (ViolationStatus Status, string? Justification) Judge(Func<GateExemption, bool> accepts, BaselineEntry entry)
    {
        string? justification = null;
        for (var i = 0; i < _used.Length; i++)
        {
            if (accepts(policy.Exceptions[i]))
            {
                _used[i] = true;
                justification ??= policy.Exceptions[i].Justification;
            }
        }

        var isKnown = policy.Baseline?.Knows(entry) == true;
        if (isKnown)
        {
            _seen.Add(entry);
        }

        return (justification is not null ? ViolationStatus.Excepted : isKnown ? ViolationStatus.Known : ViolationStatus.Counts, justification);
    }

    private static string Describe(GateExemption exception)
    {
        var selectors = new[] { ("Object", exception.Object), ("Function", exception.Function), ("SourceFile", exception.SourceFile) }
            .Where(s => s.Item2 is not null)
            .Select(s => $"{s.Item1}=\"{s.Item2}\"");
        return string.Join(' ', selectors.Prepend($"'{exception.Selector.Name}'"));
    }

    private static string Describe(BaselineEntry entry) =>
        $"{entry.Pass ?? entry.Code} in {(entry.Function is null ? "" : $"{entry.Function} of ")}{entry.Object}";
}
