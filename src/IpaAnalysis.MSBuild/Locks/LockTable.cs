using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Locks;

/// <summary>
/// The locks of this build in this process. MSBuild disposes of it when the build ends, also one that failed or was
/// cancelled; a process that is killed loses its locks by itself.
/// </summary>
internal sealed class LockTable : IDisposable
{
    private const string Name = "IpaAnalysis.Locks";
    private static readonly Lock s_making = new();

    private readonly Lock _gate = new();
    private readonly List<Entry> _locks = [];

    /// <summary>The table of a build; null when the engine keeps nothing between tasks.</summary>
    public static LockTable? Of(IBuildEngine engine)
    {
        if (engine is not IBuildEngine4 keeper)
        {
            return null;
        }

        lock (s_making)
        {
            if (keeper.GetRegisteredTaskObject(Name, RegisteredTaskObjectLifetime.Build) is LockTable found)
            {
                return found;
            }

            var table = new LockTable();
            keeper.RegisterTaskObject(Name, table, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            return table;
        }
    }

    /// <summary>What an instance of a project took for a directory, held or not; null when it never did.</summary>
    public IntermediateLock? Find(string directory, string instance)
    {
        lock (_gate)
        {
            return _locks.Find(e => e.Directory == directory && e.Instance == instance)?.Lock;
        }
    }

    /// <summary>What another instance holds for a directory; null when none does.</summary>
    public IntermediateLock? FindOther(string directory, string instance)
    {
        lock (_gate)
        {
            return _locks.Find(e => e.Directory == directory && e.Instance != instance && e.Lock.IsHeld)?.Lock;
        }
    }

    /// <summary>Remembers what an instance took.</summary>
    public void Add(string directory, string instance, IntermediateLock taken)
    {
        lock (_gate)
        {
            _locks.RemoveAll(e => e.Directory == directory && e.Instance == instance);
            _locks.Add(new Entry(directory, instance, taken));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _locks.ForEach(static e => e.Lock.Dispose());
            _locks.Clear();
        }
    }

    private sealed record Entry(string Directory, string Instance, IntermediateLock Lock);
}
