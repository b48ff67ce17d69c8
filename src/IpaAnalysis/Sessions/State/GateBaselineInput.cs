using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;
using IpaAnalysis.Gating.Policies;

namespace IpaAnalysis.Sessions.State;

/// <summary>The known violations as the user's file lists them.</summary>
/// <param name="Baseline">What it lists; null without one that can be read.</param>
/// <param name="Key">Hash of its content; empty without one.</param>
internal sealed record GateBaselineInput(GateBaseline? Baseline, byte[] Key)
{
    /// <summary>Reads it.</summary>
    /// <param name="path">Absolute path; null for none.</param>
    /// <param name="isBeingReplaced">Whether it is about to be written anew, so that nothing is wrong with one that is missing or damaged.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.BaselineUnusable"/>.</param>
    public static GateBaselineInput Read(string? path, bool isBeingReplaced, DiagnosticBag diagnostics)
    {
        if (path is null)
        {
            return new GateBaselineInput(null, []);
        }

        var problems = new DiagnosticBag();
        var (baseline, key) = ((GateBaseline?)null, Array.Empty<byte>());
        try
        {
            var content = InputFile.ReadAllBytes(path, FileRole.Baseline);
            key = new KeyBuilder().Add(content).ToKey();
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

        return new GateBaselineInput(baseline, key);
    }
}
