using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>
/// The locks of this build in this process. MSBuild disposes of it when the build ends, also one that failed or was
/// cancelled; a process that is killed loses its locks by itself.
/// </summary>
internal sealed class LockTable : IDisposable
{
    private const string Name = "IpaAnalysis.Locks";
    private static readonly Lock s_making = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Directory, string Instance), IntermediateLock> _locks = [];

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
            return _locks.GetValueOrDefault((directory, instance));
        }
    }

    /// <summary>What another instance holds for a directory; null when none does.</summary>
    public IntermediateLock? FindOther(string directory, string instance)
    {
        lock (_gate)
        {
            return _locks.FirstOrDefault(l => l.Key.Directory == directory && l.Key.Instance != instance && l.Value.IsHeld).Value;
        }
    }

    /// <summary>Remembers what an instance took.</summary>
    public void Add(string directory, string instance, IntermediateLock taken)
    {
        lock (_gate)
        {
            _locks[(directory, instance)] = taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var taken in _locks.Values)
            {
                taken.Dispose();
            }

            _locks.Clear();
        }
    }
}
