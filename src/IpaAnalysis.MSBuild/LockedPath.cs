using IpaAnalysis.Files;

namespace IpaAnalysis.MSBuild;

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
    /// <param name="directories">The directories, absolute; one that is missing is left out.</param>
    /// <param name="isShared">Whether others may share the locks.</param>
    public static IReadOnlyList<LockedPath> InOrder(string file, IReadOnlyList<string> directories, bool isShared)
    {
        var ours = new LockedPath(file, IsDirectory: false, isShared);

        // Most projects have none, and the rest is left to the JIT.
        return directories.Count == 0 ? [ours] : [ours, .. Sorted(directories, isShared)];
    }

    private static IEnumerable<LockedPath> Sorted(IReadOnlyList<string> directories, bool isShared) => directories
        .Select(static d => (Path: d, IsThere: FileIdentity.TryGet(d, out var identity), Identity: identity))
        .Where(static d => d.IsThere)
        .DistinctBy(static d => d.Identity.Inode == 0 ? (object)d.Path : (d.Identity.Device, d.Identity.Inode))
        .OrderBy(static d => d.Identity.Device)
        .ThenBy(static d => d.Identity.Inode)
        .ThenBy(static d => d.Path, StringComparer.Ordinal)
        .Select(d => new LockedPath(d.Path, IsDirectory: true, isShared));
}
