using System.Globalization;
using IpaAnalysis.Files.Locks;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>
/// A directory of its own for what compilers write, locked while it is used and removed at the end. Those of runs that were
/// killed are removed at the start: what can be locked is nobody's. (A process number says nothing in another container.)
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    // Another run may take a new directory for one that was left over, between its making and its lock.
    private const int MostTries = 20;

    private readonly string _parent;
    private readonly string _path;
    private readonly FileLock? _lock;

    public RunDirectory(string parent)
    {
        _parent = parent;
        RemoveUnused(parent);
        var attempt = Make(parent, out _path);
        for (var tries = 1; !IsUsable(attempt) && tries < MostTries; tries++)
        {
            attempt.Lock?.Dispose();
            attempt = Make(parent, out _path);
        }

        _lock = attempt.Lock;
    }

    /// <summary>The directory of a unit.</summary>
    public string ForUnit(int unit) => Path.Combine(_path, unit.ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Remove(_path, isRecursive: true);
        _lock?.Dispose();
        Remove(_parent, isRecursive: false);
    }

    private static void RemoveUnused(string parent)
    {
        try
        {
            foreach (var directory in Directory.EnumerateDirectories(parent))
            {
                using var unused = FileLock.TryTakeDirectory(directory, isShared: false).Lock;
                if (unused is not null)
                {
                    Remove(directory, isRecursive: true);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            // There was no run, or the last one has just removed it.
        }
    }

    private static LockAttempt Make(string parent, out string path)
    {
        path = Path.Combine(parent, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(path);
        return FileLock.TryTakeDirectory(path, isShared: false);
    }

    /// <summary>Where nothing can be locked nobody removes it either.</summary>
    private bool IsUsable(LockAttempt attempt) =>
        attempt.Status == LockStatus.Refused || (attempt.Status == LockStatus.Taken && Directory.Exists(_path));

    private static void Remove(string path, bool isRecursive)
    {
        try
        {
            Directory.Delete(path, isRecursive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process uses it or removes it too, or a compiler that is being ended still writes: the next build does it.
        }
    }
}
