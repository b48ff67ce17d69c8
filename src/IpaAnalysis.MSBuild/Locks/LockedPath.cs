using IpaAnalysis.Files.Locks;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.MSBuild.Locks;

/// <summary>Something that a build locks.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="IsDirectory">Whether a directory of the user's is locked, in which nothing is written; else a file of ours.</param>
/// <param name="IsShared">Whether others may share the lock, as builds do that only ask.</param>
internal sealed record LockedPath(string Path, bool IsDirectory, bool IsShared)
{
    /// <summary>Tries to lock it.</summary>
    public LockAttempt TryTake() => IsDirectory ? FileLock.TryTakeDirectory(Path, IsShared) : FileLock.TryTake(Path, IsShared);

    /// <summary>Whether someone else has it.</summary>
    public bool IsBusy() => FileLock.IsBusy(Path, IsShared);

    /// <summary>
    /// What to lock, in the one order of all builds: the file first, then directories by device and number, which are the same
    /// whatever they are called. What several names lead to is there once, as a second lock would wait for the first.
    /// </summary>
    /// <param name="file">The lock file, absolute.</param>
    /// <param name="directories">The directories in which is built, absolute; one that is missing is left out.</param>
    /// <param name="read">Directories that are only read, so that others may read them, too.</param>
    /// <param name="isShared">Whether others may share all locks.</param>
    public static IReadOnlyList<LockedPath> InOrder(string file, IReadOnlyList<string> directories, IReadOnlyList<string> read, bool isShared)
    {
        var ours = new LockedPath(file, IsDirectory: false, isShared);

        // Most projects have none, and the rest is left to the JIT.
        return directories.Count + read.Count == 0 ? [ours]
            : [ours, .. Sorted([.. directories.Select(d => (d, isShared)), .. read.Select(static d => (d, true))])];
    }

    private static IEnumerable<LockedPath> Sorted(IReadOnlyList<(string Path, bool IsShared)> directories) => directories
        .Select(static d => (d.Path, d.IsShared, IsThere: FileIdentity.TryGet(d.Path, out var identity), Identity: identity))
        .Where(static d => d.IsThere)
        .OrderBy(static d => d.IsShared)
        .DistinctBy(static d => d.Identity.Inode == 0 ? (object)d.Path : (d.Identity.Device, d.Identity.Inode))
        .OrderBy(static d => d.Identity.Device)
        .ThenBy(static d => d.Identity.Inode)
        .ThenBy(static d => d.Path, StringComparer.Ordinal)
        .Select(static d => new LockedPath(d.Path, IsDirectory: true, d.IsShared));
}
