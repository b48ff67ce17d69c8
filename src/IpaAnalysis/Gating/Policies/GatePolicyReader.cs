using System.Globalization;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Impact;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Gating.Policies;

/// <summary>Understands the gate's settings.</summary>
internal static class GatePolicyReader
{
    /// <summary>Reads settings.</summary>
    /// <param name="settings">What the user wrote.</param>
    /// <param name="diagnostics">Takes an error for each setting that means nothing.</param>
    /// <returns>The policy without its baseline; of no use when there are errors.</returns>
    public static GatePolicy Read(GateSettings settings, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var name = settings.Policy.Length > 0 ? settings.Policy : GatePolicy.Names[0];
        if (!GatePolicy.Names.Contains(name))
        {
            diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"IpaPassPolicy is '{name}'. Give one of: {string.Join(", ", GatePolicy.Names)}."));
        }

        var policy = new GatePolicy
        {
            Name = name,
            Severity = Severity(settings.Severity, DiagnosticSeverity.Warning, "IpaGateSeverity", diagnostics),
            MaxDiagnosticsPerPass = Maximum(settings.MaxDiagnosticsPerPass, diagnostics),
        };
        return policy with
        {
            Forbidden = [.. settings.ForbiddenPasses.Select(f => Forbidden(f, diagnostics)).OfType<ForbiddenPass>()],
            Exceptions = [.. settings.Exceptions.Select(e => Exception(e, diagnostics)).OfType<GateExemption>()],
        };
    }

    private static ForbiddenPass? Forbidden(ForbiddenPassSetting setting, DiagnosticBag diagnostics)
    {
        var severity = Severity(setting.Severity ?? "", DiagnosticSeverity.Error, $"Severity of IpaForbiddenPass '{setting.Pass}'", diagnostics);
        return Selector(setting.Pass, "IpaForbiddenPass", diagnostics) is { } selector
            ? new ForbiddenPass(selector, severity, setting.Justification)
            : null;
    }

    private static GateExemption? Exception(GateExemptionSetting setting, DiagnosticBag diagnostics)
    {
        var selector = Selector(setting.Pass, "IpaGateException", diagnostics);
        if (string.IsNullOrWhiteSpace(setting.Justification))
        {
            diagnostics.Add(DiagnosticCatalog.JustificationMissing.At(
                $"The IpaGateException '{setting.Pass}' has no Justification. Say why the violation is acceptable."));
            return null;
        }

        return selector is null
            ? null
            : new GateExemption(selector, setting.Justification, setting.Object, setting.Function, setting.SourceFile) { SourcePath = setting.SourcePath };
    }

    private static PassSelector? Selector(string name, string item, DiagnosticBag diagnostics)
    {
        var selector = PassSelector.Find(name);
        if (selector is null)
        {
            var bare = name.StartsWith("-f", StringComparison.Ordinal) ? name[2..] : name;
            bare = bare.StartsWith("no-", StringComparison.Ordinal) ? bare[3..] : bare;
            var near = PassSelector.Names.Contains(bare) ? [bare] : NearNames.Find(bare, PassSelector.Names);
            var hint = near.Count > 0
                ? $"Did you mean {string.Join(", ", near.Select(n => $"'{n}'"))}?"
                : $"Give a GCC option or kind of clone: {string.Join(", ", PassSelector.Names)}.";
            diagnostics.Add(DiagnosticCatalog.PassUnknown.At($"{item} names a pass '{name}' that is not known. {hint}"));
        }

        return selector;
    }

    private static DiagnosticSeverity Severity(string text, DiagnosticSeverity otherwise, string what, DiagnosticBag diagnostics)
    {
        if (text.Length == 0)
        {
            return otherwise;
        }

        foreach (var severity in Enum.GetValues<DiagnosticSeverity>())
        {
            if (string.Equals(text, severity.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return severity;
            }
        }

        diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"{what} is '{text}'. Give Error, Warning or Info."));
        return otherwise;
    }

    private static int Maximum(string text, DiagnosticBag diagnostics)
    {
        if (text.Length == 0)
        {
            return new GatePolicy { Name = "" }.MaxDiagnosticsPerPass;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var maximum))
        {
            return maximum;
        }

        diagnostics.Add(DiagnosticCatalog.InvalidValue.At($"IpaMaxDiagnosticsPerPass is '{text}'. Give a number, 0 or more."));
        return 0;
    }
}
