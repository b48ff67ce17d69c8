using System.Collections.Immutable;
using System.Globalization;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Options;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating;

/// <summary>Turns the violations that count into diagnostics, few enough to be read.</summary>
internal static class GateReport
{
    private const int MaxExamples = 5;

    /// <summary>Writes the diagnostics, in the order of the violations.</summary>
    public static ImmutableArray<Diagnostic> Write(IReadOnlyList<Violation> counting, RecommendedFlags flags, int maxPerPass)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var group in counting.GroupBy(v => (v.Descriptor, v.Pass, v.Severity)))
        {
            Violation[] violations = [.. group];
            if (group.Key.Descriptor == DiagnosticCatalog.ForbiddenPassEnabled)
            {
                diagnostics.Add(Enabled(violations, Remedy(violations[0], flags)));
                continue;
            }

            var shown = violations.Take(maxPerPass);
            diagnostics.AddRange(shown.Select(v => v.IsAggregate ? Unknown(v) : InFunction(v, Remedy(v, flags))));
            if (violations.Length > maxPerPass)
            {
                diagnostics.Add(Rest(violations, maxPerPass));
            }
        }

        return diagnostics.ToImmutable();
    }

    private static string Remedy(Violation violation, RecommendedFlags flags)
    {
        var passes = violation.Pass is null ? [] : PassSelector.Find(violation.Pass)!.Passes;
        const string OrElse = "change the source, or accept it with an IpaGateException.";
        return passes.IsEmpty || (flags.Flags.Length == 0 && violation.Descriptor == DiagnosticCatalog.ExternalInlined)
            ? $"No flags of this compiler can prevent it: {OrElse}"
            : flags.Flags.Length > 0
            ? $"Add {flags.Flags} to the compiler's flags (IpaCompilerFlags, KCFLAGS for kbuild), or accept it with an IpaGateException."

            // The dump shows it although the options are unknown or say otherwise.
            : $"Compile with {string.Join(' ', passes.Select(p => p.Negation))} if that is not done yet, {OrElse}";
    }

    private static Diagnostic Enabled(Violation[] violations, string remedy)
    {
        var objects = violations.SelectMany(v => v.Objects).ToArray();
        var sets = violations.Select(v => v.Evidence).Distinct().ToArray();
        var more = sets.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {sets.Length - 1} more sets of options") : "";
        return With(violations[0], string.Create(
            CultureInfo.InvariantCulture,
            $"{Pass(violations[0])} was enabled ({sets[0]}{more}) for {Objects(objects)}{Because(violations[0])}. {remedy}"));
    }

    private static Diagnostic Unknown(Violation violation) => With(
        violation, $"Which passes shaped {Objects(violation.Objects)} is unknown: {violation.Evidence}");

    private static Diagnostic InFunction(Violation violation, string remedy)
    {
        var what = violation.Descriptor == DiagnosticCatalog.ForbiddenFolding ? "was folded into another"
            : violation.Descriptor == DiagnosticCatalog.ExternalInlined ? "has external linkage and was inlined"
            : $"was copied by {Pass(violation)}";
        return With(violation, $"'{violation.Function}' {what} in {violation.Object} ({violation.Evidence}){Because(violation)}. {remedy}")
            with { File = violation.SourcePath, Line = violation.SourcePath is null ? 0 : violation.Line, Column = violation.SourcePath is null ? 0 : violation.Column };
    }

    private static Diagnostic Rest(Violation[] violations, int shown) => With(violations[0], string.Create(
        CultureInfo.InvariantCulture,
        $"{Pass(violations[0])}: {violations.Length - shown} more violations like the {shown} reported; the manifest lists them all. IpaMaxDiagnosticsPerPass sets how many are reported."));

    private static Diagnostic With(Violation violation, string message) =>
        violation.Descriptor.At(message) with { Severity = violation.Severity };

    private static string Because(Violation violation)
    {
        var effect = violation.Pass is null ? null : IpaPasses.Find(violation.Pass)?.Effect;
        var forbidden = violation.Justification is { } why ? $"; it is forbidden because: {why.Trim().TrimEnd('.')}" : "";
        return (effect is null ? "" : $", so {effect}") + forbidden;
    }

    private static string Pass(Violation violation) =>
        violation.Pass is null ? violation.Descriptor.Title : IpaPasses.Find(violation.Pass)?.Option ?? violation.Pass;

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
