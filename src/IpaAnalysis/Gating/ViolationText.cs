using System.Globalization;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating;

/// <summary>Says in sentences what is wrong, for diagnostics and the SARIF log alike.</summary>
internal static class ViolationText
{
    private const int MaxExamples = 5;

    /// <summary>What is wrong; a sentence for each violation.</summary>
    public static string Of(Violation violation)
    {
        if (!violation.IsAggregate)
        {
            var what = violation.Descriptor == DiagnosticCatalog.ForbiddenFolding ? "was folded into another"
                : violation.Descriptor == DiagnosticCatalog.ExternalInlined ? "has external linkage and was inlined"
                : $"was copied by {Pass(violation)}";
            return $"'{violation.Function}' {what} in {violation.Object} ({violation.Evidence}){Because(violation)}.";
        }

        return violation.Descriptor == DiagnosticCatalog.ForbiddenPassEnabled
            ? Enabled([violation])
            : $"Which passes shaped {Objects(violation.Objects)} is unknown: {violation.Evidence}";
    }

    /// <summary>What is wrong where one pass was enabled with several sets of options; one sentence.</summary>
    public static string Enabled(IReadOnlyList<Violation> violations)
    {
        // What most objects have comes first.
        var byCount = violations.OrderByDescending(v => v.Objects.Length).ToArray();
        var objects = byCount.SelectMany(v => v.Objects).ToArray();
        var sets = byCount.Select(v => v.Evidence).Distinct().ToArray();
        var more = sets.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {sets.Length - 1} more sets of options") : "";
        return $"{Pass(violations[0])} was enabled ({sets[0]}{more}) for {Objects(objects)}{Because(violations[0])}.";
    }

    /// <summary>What to do about it.</summary>
    /// <param name="violation">The violation.</param>
    /// <param name="flags">The flags that make the policy hold; empty when none can.</param>
    public static string Remedy(Violation violation, string flags)
    {
        const string OrElse = "change the source, or accept it with an IpaGateException.";
        var passes = violation.Pass is { } name && PassSelector.Find(name) is { } selector ? selector.Passes : [];
        if (passes.IsEmpty || (flags.Length == 0 && violation.Descriptor == DiagnosticCatalog.ExternalInlined))
        {
            return $"No flags of this compiler can prevent it: {OrElse}";
        }

        return flags.Length > 0
            ? $"Add {flags} to the compiler's flags (IpaCompilerFlags, KCFLAGS for kbuild), or accept it with an IpaGateException."

            // The dump shows it although the options are unknown or say otherwise.
            : $"Compile with {string.Join(' ', passes.Select(p => p.Negation))} if that is not done yet, {OrElse}";
    }

    /// <summary>The pass as the compiler's option, or what is wrong where no pass is known.</summary>
    public static string Pass(Violation violation) =>
        violation.Pass is null ? violation.Descriptor.Title : IpaPasses.Find(violation.Pass)?.Option ?? violation.Pass;

    private static string Because(Violation violation)
    {
        var effect = violation.Pass is null ? null : IpaPasses.Find(violation.Pass)?.Effect;

        // An accepted violation's justification says why it is accepted.
        var forbidden = violation is { Justification: { } why, Status: not ViolationStatus.Excepted }
            ? $"; it is forbidden because: {why.Trim().TrimEnd('.')}" : "";
        return (effect is null ? "" : $", so {effect}") + forbidden;
    }

    private static string Objects(IReadOnlyList<string> objects)
    {
        if (objects.Count == 1)
        {
            return objects[0];
        }

        var examples = string.Join(", ", objects.Take(MaxExamples));
        return string.Create(
            CultureInfo.InvariantCulture, $"{objects.Count} objects ({(objects.Count > MaxExamples ? "such as " : "")}{examples})");
    }
}
