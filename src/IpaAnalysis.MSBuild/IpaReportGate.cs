using IpaAnalysis.Gating;
using IpaAnalysis.Outputs;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Reports the gate's stored judgement, in every build, and fails when the verdict is <c>failed</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaReportGate : IpaTask
{
    /// <inheritdoc/>
    private protected override void Run()
    {
        var gate = TakeGate();
        Report(gate.Diagnostics);
        var accepted = gate.AcceptedCount > 0 ? $", {gate.AcceptedCount} accepted" : "";
        LogText(
            MessageImportance.Normal, $"Gate {gate.Policy}: {KindNames.Of(gate.Verdict)}; {gate.ViolationCount} violations{accepted}.");

        // A failed verdict has errors among its diagnostics, which no setting of MSBuild takes back.
        System.Diagnostics.Debug.Assert(gate.Verdict != GateVerdict.Failed || Log.HasLoggedErrors, "A failed gate reports an error.");
    }
}
