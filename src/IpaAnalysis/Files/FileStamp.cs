using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files;

/// <summary>What a file's attributes say about its content having changed.</summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="Modified">Time of last modification in units of 100 ns, UTC.</param>
/// <param name="Changed">Time of the last change of content or status in nanoseconds, which nobody can set back; 0 when it is not compared.</param>
/// <param name="Inode">Number of the file in its file system; 0 when it is not compared.</param>
internal readonly record struct FileStamp(long Length, long Modified, long Changed = 0, ulong Inode = 0)
{
    /// <summary>The time of the last change, or where that is not compared that of the last modification, in nanoseconds since 1970 UTC.</summary>
    public long NewestNanoseconds => Changed != 0 ? Changed : (Modified - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>The stamp of a file that someone else writes, perhaps with the size and time that it had.</summary>
    public static FileStamp? OfInput(string path) =>
        Of(path) is { } stamp && FileIdentity.TryGet(path, out var identity)
            ? stamp with { Changed = identity.ChangedNanoseconds, Inode = identity.Inode }
            : null;

    /// <summary>The stamp of a file, links followed; null when there is none.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if ((info.Attributes & FileAttributes.ReparsePoint) != 0)
            {
                // A relative link behind a link to a directory leads elsewhere than its text does.
                info = new FileInfo(Path.IsPathRooted(path) ? RealPath.Of(path) : path);
                if (info.LinkTarget is not null)
                {
                    return null;
                }
            }

            return info.Exists ? new FileStamp(info.Length, info.LastWriteTimeUtc.Ticks) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
