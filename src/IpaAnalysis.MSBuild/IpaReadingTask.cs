using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;

namespace IpaAnalysis.MSBuild;

/// <summary>A task that reads trees.</summary>
public abstract class IpaReadingTask : IpaParallelTask
{
    /// <summary>Whether every file is read, whatever its time stamps say: <c>true</c> or <c>false</c>.</summary>
    public string FullHash { get; set; } = "";

    private protected override SessionSettings Settings => base.Settings with { FullHash = bool.TryParse(FullHash, out var isFull) && isFull };

    private protected sealed override void RunSession(SessionLog log, DiagnosticBag diagnostics)
    {
        AnalysisInputs.Flag(FullHash.Length > 0 ? FullHash : null, "IpaFullHash", diagnostics);
        Read(log, diagnostics);
    }

    /// <summary>Calls a session; see <see cref="IpaLockedTask.RunSession"/>.</summary>
    private protected abstract void Read(SessionLog log, DiagnosticBag diagnostics);
}
