using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Locks;
using IpaAnalysis.MSBuild.Locks;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>
/// A task that works in the project's intermediate directory, which no other build may use meanwhile. The first task of a
/// project takes the lock and the last one gives it back, as does one that fails; what is between them may be other builds'
/// when MSBuild never comes to the last one, until the build ends or the lock has rested for long.
/// </summary>
public abstract class IpaLockedTask : IpaTask
{
    private const string LockFile = "lock";

    /// <summary>How long another instance of this build may rest between its tasks before it counts as one that waits for this one.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(100);

    private string? _waitedFor;

    /// <summary>What sessions are told.</summary>
    private protected virtual SessionSettings Settings => new()
    {
        ProjectFile = ProjectFile,
        ProjectDirectory = ProjectDirectory,
        OutputList = Absolute(OutputList),
        Environment = Environment,
        OnlyAsks = IsQuestion,
        Progress = Progress,
    };

    /// <summary>Absolute directories outside that nobody else may change meanwhile.</summary>
    private protected virtual IReadOnlyList<string> LockedDirectories => [];

    /// <summary>Absolute directories outside in which nobody may build meanwhile, though others may read them, too.</summary>
    private protected virtual IReadOnlyList<string> ReadDirectories => [];

    private protected abstract LockUse Use { get; }

    /// <summary>The lock's file.</summary>
    private protected string LockPath => Path.Combine(Path.GetDirectoryName(Absolute(OutputList))!, LockFile);

    /// <inheritdoc/>
    private protected sealed override void Run()
    {
        var table = LockTable.Of(BuildEngine);
        var (directory, instance) = (Path.GetDirectoryName(LockPath)!, InstanceName);
        var known = table?.Find(directory, instance);
        var taken = known?.TryEnter() == true ? known : Take(table, directory, instance);
        if (taken is null)
        {
            return;
        }

        table?.Add(directory, instance, taken);

        // What is taken again after the end, for an explanation, is given back again.
        var isLast = table is null || Use is LockUse.Ends or LockUse.Alone || (Use == LockUse.Continues && known is not null && taken != known);
        var succeeded = false;
        try
        {
            if (known is null || taken == known || Use is LockUse.Begins or LockUse.Alone || IsAsLeft())
            {
                RunLocked();
                succeeded = !Log.HasLoggedErrors;
            }
            else
            {
                Report(DiagnosticCatalog.DirectoryTaken.At(
                    $"Between two targets of this project '{directory}' was given back, and what they left there is not as it was: another build or Clean came between. Build again; if a target of yours between IpaCompile and IpaAnalyze takes more than {IntermediateLock.RestLimit.TotalSeconds:F0} s, move it behind IpaAnalyze."));
            }
        }
        finally
        {
            if (succeeded && !isLast)
            {
                taken.Leave();
            }
            else
            {
                taken.Dispose();
            }
        }
    }

    /// <summary>Calls a session.</summary>
    /// <param name="log">Takes what it says.</param>
    /// <param name="diagnostics">Takes what is wrong with properties and items: after an error no session is called.</param>
    private protected abstract void RunSession(SessionLog log, DiagnosticBag diagnostics);

    private void RunLocked()
    {
        var (log, diagnostics) = (new SessionLog(), new DiagnosticBag());
        try
        {
            RunSession(log, diagnostics);
        }
        finally
        {
            Report(diagnostics);
            Report(log);
        }
    }

    /// <summary>Whether the directory is as the project's earlier tasks left it though the lock was given back; never, unless a task can tell.</summary>
    private protected virtual bool IsAsLeft() => false;

    private IntermediateLock? Take(LockTable? table, string directory, string instance)
    {
        var paths = LockedPath.InOrder(LockPath, LockedDirectories, ReadDirectories, IsQuestion);
        while (true)
        {
            Cancellation.ThrowIfCancellationRequested();
            var other = table?.FindOther(directory, instance);
            if (other?.Rest > s_grace)
            {
                Report(DiagnosticCatalog.DirectoryShared.At(
                    $"The project is built a second time in this build, with other global properties, while the first build of it is not done with '{directory}'. Give each its own IntermediateOutputPath (or BaseIntermediateOutputPath) and OutputPath, or build it once."));
                return null;
            }

            var busy = paths[0];
            if (other is null && IntermediateLock.TryTake(paths, Clock, out busy!) is { } taken)
            {
                Report(taken.Problems);
                return taken;
            }

            Announce(busy);
            WaitFor(busy, other);
        }
    }

    private void Announce(LockedPath busy)
    {
        if (_waitedFor == busy.Path)
        {
            return;
        }

        _waitedFor = busy.Path;
        var directory = busy.IsDirectory ? busy.Path : Path.GetDirectoryName(busy.Path);
        Log.LogMessage(MessageImportance.High, "{0}", $"Waiting for another build that uses {directory}.");
        LogLow(LockOwner.Find(busy.Path) is { } process ? $"{busy.Path}: process {process} holds the lock" : $"{busy.Path}: it is not known which process holds the lock");
    }

    /// <summary>Waits until a lock seems to be free. Nothing is held meanwhile, not even the build node: its holder may need that.</summary>
    private void WaitFor(LockedPath busy, IntermediateLock? other)
    {
        (BuildEngine as IBuildEngine3)?.Yield();
        while (!Cancellation.WaitHandle.WaitOne(s_look) && !(other?.Rest > s_grace) && (other?.IsHeld == true || busy.IsBusy()))
        {
        }

        try
        {
            (BuildEngine as IBuildEngine3)?.Reacquire();
        }
#pragma warning disable CA1031 // What MSBuild throws when the build ends meanwhile is not documented.
        catch (Exception) when (Cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // The loop says so.
        }
    }
}
