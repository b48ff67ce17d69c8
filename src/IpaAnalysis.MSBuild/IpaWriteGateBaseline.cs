using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Writes the baseline of the violations that there are now. The file is the user's: Clean never removes it.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaWriteGateBaseline : IpaTask
{
    /// <summary>The baseline.</summary>
    public string Baseline { get; set; } = "";

    /// <inheritdoc/>
    private protected override void Run()
    {
        if (Baseline.Length == 0)
        {
            Report(DiagnosticCatalog.BaselineUnusable.At(
                "IpaUpdateGateBaseline ran but IpaGateBaseline names no file. Set the property in the project, or with -p:IpaGateBaseline=FILE."));
            return;
        }

        var gate = TakeGate();
        if (IsQuestion)
        {
            if (!OutputFile.Holds(Absolute(Baseline), gate.Baseline))
            {
                Report(UpToDateness.Refuse(Absolute(Baseline), "outputs", "it does not list the violations of now"));
            }

            return;
        }

        var changed = OutputFile.Write(Absolute(Baseline), gate.Baseline);
        LogText(MessageImportance.High, $"{Baseline} {(changed ? "was written" : "was up to date")}.");
    }
}
