using IpaAnalysis.Gating.Policies;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Items;

/// <summary>What the analysing task makes of the gate's properties and items.</summary>
internal static class GateInputs
{
    /// <summary>The settings as the library takes them; <paramref name="absolute"/> makes a path from the project's directory absolute.</summary>
    public static GateSettings Settings(
        string policy, string severity, string maxDiagnosticsPerPass, ITaskItem[] forbiddenPasses, ITaskItem[] exceptions, Func<string, string> absolute) => new()
        {
            Policy = policy,
            Severity = severity,
            ForbiddenPasses = [.. forbiddenPasses.Select(ForbiddenPass)],
            Exceptions = [.. exceptions.Select(e => Exception(e, absolute))],
            MaxDiagnosticsPerPass = maxDiagnosticsPerPass,
        };

    private static ForbiddenPassSetting ForbiddenPass(ITaskItem item) =>
        new(item.ItemSpec, ItemMetadata.Get(item, "Severity"), ItemMetadata.Get(item, "Justification"));

    private static GateExemptionSetting Exception(ITaskItem item, Func<string, string> absolute) => new(
        item.ItemSpec,
        ItemMetadata.Get(item, "Justification"),
        ItemMetadata.Get(item, "Object"),
        ItemMetadata.Get(item, "Function"),
        ItemMetadata.Get(item, "SourceFile"))
    {
        SourcePath = AnalysisInputs.SourcePath(ItemMetadata.Get(item, "SourceFile"), absolute),
    };
}
