using System.Collections.Immutable;
using System.Globalization;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating.Violations;

namespace IpaAnalysis.Gating;

/// <summary>Turns the violations that count into diagnostics, few enough to be read.</summary>
internal static class GateReport
{
    /// <summary>Writes the diagnostics, in the order of the violations.</summary>
    public static ImmutableArray<Diagnostic> Write(IReadOnlyList<Violation> counting, RecommendedFlags flags, int maxPerPass)
    {
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var group in counting.GroupBy(v => (v.Descriptor, v.Pass, v.Severity)))
        {
            Violation[] violations = [.. group];
            if (group.Key.Descriptor == DiagnosticCatalog.ForbiddenPassEnabled)
            {
                diagnostics.Add(With(violations[0], $"{ViolationText.Enabled(violations)} {ViolationText.Remedy(violations[0], flags.Flags)}"));
                continue;
            }

            var shown = violations.Take(maxPerPass);
            diagnostics.AddRange(shown.Select(v => v.IsAggregate ? With(v, ViolationText.Of(v)) : InFunction(v, ViolationText.Remedy(v, flags.Flags))));
            if (violations.Length > maxPerPass)
            {
                diagnostics.Add(Rest(violations, maxPerPass));
            }
        }

        return diagnostics.ToImmutable();
    }

    private static Diagnostic InFunction(Violation violation, string remedy) =>
        With(violation, $"{ViolationText.Of(violation)} {remedy}")
            with { File = violation.SourcePath, Line = violation.SourcePath is null ? 0 : violation.Line, Column = violation.SourcePath is null ? 0 : violation.Column };

    private static Diagnostic Rest(Violation[] violations, int shown) => With(violations[0], string.Create(
        CultureInfo.InvariantCulture,
        $"{ViolationText.Pass(violations[0])}: {violations.Length - shown} more violations like the {shown} reported; the manifest lists them all. IpaMaxDiagnosticsPerPass sets how many are reported."));

    private static Diagnostic With(Violation violation, string message) =>
        violation.Descriptor.At(message) with { Severity = violation.Severity };
}
