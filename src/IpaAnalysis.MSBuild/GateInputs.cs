using IpaAnalysis.Gating.Policies;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>What the analysing task makes of the gate's properties and items.</summary>
internal static class GateInputs
{
    /// <summary>The settings as the library takes them.</summary>
    public static GateSettings Settings(
        string policy, string severity, string maxDiagnosticsPerPass, ITaskItem[] forbiddenPasses, ITaskItem[] exceptions) => new()
        {
            Policy = policy,
            Severity = severity,
            ForbiddenPasses = [.. forbiddenPasses.Select(ForbiddenPass)],
            Exceptions = [.. exceptions.Select(Exception)],
            MaxDiagnosticsPerPass = maxDiagnosticsPerPass,
        };

    private static ForbiddenPassSetting ForbiddenPass(ITaskItem item) =>
        new(item.ItemSpec, ItemMetadata.Get(item, "Severity"), ItemMetadata.Get(item, "Justification"));

    private static GateExemptionSetting Exception(ITaskItem item) => new(
        item.ItemSpec,
        ItemMetadata.Get(item, "Justification"),
        ItemMetadata.Get(item, "Object"),
        ItemMetadata.Get(item, "Function"),
        ItemMetadata.Get(item, "SourceFile"));
}
