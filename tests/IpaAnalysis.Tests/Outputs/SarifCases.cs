using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Outputs;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Outputs;

/// <summary>Violations and results made by hand, and their SARIF log.</summary>
internal static class SarifCases
{
    public static Violation Copied(string? file, int line, int column) => new()
    {
        Descriptor = DiagnosticCatalog.ForbiddenCopy,
        Pass = "ipa-sra",
        Severity = DiagnosticSeverity.Error,
        Object = "dir/a.o",
        Function = "f",
        SourceFile = file,
        SourcePath = file is null ? null : Path.Combine("/x", file),
        Line = line,
        Column = column,
        Evidence = "a.dump:3: f -> f.isra.0 isra",
        Objects = ["dir/a.o"],
        Status = ViolationStatus.Counts,
    };

    public static Violation Enabled(string pass, string options) => new()
    {
        Descriptor = DiagnosticCatalog.ForbiddenPassEnabled,
        Pass = pass,
        Severity = DiagnosticSeverity.Warning,
        Evidence = options,
        Objects = ["a.o", "b.o"],
        Status = ViolationStatus.Counts,
    };

    public static Violation Unknown(string problem) =>
        Enabled("", problem) with { Descriptor = DiagnosticCatalog.OptionsUnknown, Pass = null };

    public static AnalysisResult Result(Diagnostic[] diagnostics, params Violation[] violations)
    {
        var result = Analysis.Run(
            new UnitText().Inline("f", "g").ToGraph(),
            new AnalysisOptions { NormalizePath = path => path.StartsWith("/x/", StringComparison.Ordinal) ? path[3..] : path },
            diagnostics,
            CancellationToken.None);
        return result with
        {
            Complete = true,
            Findings = [.. result.Findings.Where(f => diagnostics.Contains(f.Diagnostic))],
            Gate = new GateResult
            {
                Policy = "inline-only-static",
                Verdict = GateVerdict.Failed,
                Violations = [.. violations],
                RecommendedFlags = "-fno-everything",
            },
        };
    }

    public static string Text(AnalysisResult result)
    {
        using var stream = new MemoryStream();
        SarifWriter.Write(result, new SarifSettings("1.2.3-test"), stream);
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }
}
