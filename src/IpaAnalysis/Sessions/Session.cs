using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions;

/// <summary>Runs some of a build's steps, in their order, as far as their inputs changed since the last build.</summary>
/// <param name="settings">What every session is told.</param>
/// <param name="log">Takes what it has to say.</param>
internal abstract class Session(SessionSettings settings, SessionLog log)
{
    /// <summary>What every session is told.</summary>
    protected SessionSettings Settings { get; } = settings;

    /// <summary>Takes what it has to say.</summary>
    protected SessionLog Log { get; } = log;

    /// <summary>Says why a step runs, or in a build that only asks that it would have to.</summary>
    /// <param name="step">The step.</param>
    /// <param name="file">The file that the reason concerns, absolute.</param>
    /// <param name="why">What is with it, such as <c>its size changed</c>.</param>
    /// <returns>Whether the step must not run.</returns>
    protected bool Refuse(BuildStep step, string file, string why)
    {
        if (!Settings.OnlyAsks)
        {
            Log.Detail($"{file}: {why}");
            return false;
        }

        Log.Add(UpToDateness.Refuse(file, StepRun.NameOf(step), why));
        return true;
    }

    /// <summary>The list of what the package wrote, as it is now: another task may have added to it.</summary>
    protected OutputList LoadOutputs() => OutputList.Load(Settings.OutputList, Settings.ProjectDirectory);
}
