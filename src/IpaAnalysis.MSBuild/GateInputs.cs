using System.Security.Cryptography;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Gating;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>What the analysing task makes of the gate's items and files.</summary>
internal static class GateInputs
{
    /// <summary>A pass that an item forbids.</summary>
    public static ForbiddenPassSetting ForbiddenPass(ITaskItem item) =>
        new(item.ItemSpec, ItemMetadata.Get(item, "Severity"), ItemMetadata.Get(item, "Justification"));

    /// <summary>An exception that an item makes.</summary>
    /// <param name="item">The item.</param>
    /// <param name="absolute">Makes a path from the project's directory absolute.</param>
    public static GateExemptionSetting Exception(ITaskItem item, Func<string, string> absolute) => new(
        item.ItemSpec,
        ItemMetadata.Get(item, "Justification"),
        ItemMetadata.Get(item, "Object"),
        ItemMetadata.Get(item, "Function"),
        ItemMetadata.Get(item, "SourceFile"))
    {
        SourcePath = AnalysisInputs.SourcePath(ItemMetadata.Get(item, "SourceFile"), absolute),
    };

    /// <summary>Every text that the judgement depends on; items end with a text that separates them from what follows.</summary>
    public static IEnumerable<string?> Texts(
        string policy, string severity, string maxDiagnosticsPerPass, string compiler, ITaskItem[] forbiddenPasses, ITaskItem[] exceptions, Func<string, string> absolute) =>
    [
        policy, severity, maxDiagnosticsPerPass, compiler,
        .. forbiddenPasses.Select(ForbiddenPass).SelectMany(f => new[] { f.Pass, f.Severity, f.Justification }),
        null,
        .. exceptions.Select(e => Exception(e, absolute)).SelectMany(e => new[] { e.Pass, e.Justification, e.Object, e.Function, e.SourceFile, e.SourcePath }),
    ];

    /// <summary>Reads the baseline.</summary>
    /// <param name="path">Absolute path; empty for none.</param>
    /// <param name="isBeingReplaced">Whether it is about to be written anew, so that nothing is wrong with one that is missing or damaged.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.BaselineUnusable"/>.</param>
    /// <param name="key">Hash of its content; empty without one.</param>
    public static GateBaseline? Baseline(string path, bool isBeingReplaced, DiagnosticBag diagnostics, out byte[] key)
    {
        key = [];
        if (path.Length == 0)
        {
            return null;
        }

        var problems = new DiagnosticBag();
        GateBaseline? baseline = null;
        try
        {
            var content = InputFile.ReadAllBytes(path, FileRole.Baseline);
            key = SHA256.HashData(content);
            baseline = GateBaselineFile.Read(content, path, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(DiagnosticCatalog.BaselineUnusable.At(
                path, 0, $"The baseline {(File.Exists(path) || Directory.Exists(path) ? $"cannot be read: {FileProblem.Describe(e)}" : "does not exist")}. Correct IpaGateBaseline, or write the file with dotnet build -t:IpaUpdateGateBaseline."));
        }

        if (!isBeingReplaced)
        {
            diagnostics.AddRange(problems);
        }

        return baseline;
    }
}
