using System.Buffers;
using System.Text;

namespace IpaAnalysis.Files;

/// <summary>
/// What the file system says about a file without reading it; symbolic links are followed. Two equal values mean the same
/// content, as a write always sets the time of the last change (<c>statx(2)</c>), which nobody can set back.
/// </summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="ModifiedNanoseconds">Time of the last modification since 1970 UTC in nanoseconds; programs may set it.</param>
/// <param name="ChangedNanoseconds">Time of the last change of content or status since 1970 UTC in nanoseconds; 0 when the platform does not tell.</param>
/// <param name="Inode">Number of the file in its file system; 0 when the platform does not tell.</param>
/// <param name="Device">The file system; 0 when the platform does not tell.</param>
public readonly record struct FileIdentity(long Length, long ModifiedNanoseconds, long ChangedNanoseconds, ulong Inode, ulong Device)
{
    private const int ShortPath = 512;
    private const long Second = 1_000_000_000;

    /// <summary>Linux stamps files with the time of its last tick, at most 10 ms ago (<c>ktime_get_coarse_real_ts64</c>).</summary>
    private const long FineMargin = Second / 10;

    /// <summary>File systems that keep whole seconds, FAT even seconds.</summary>
    private const long CoarseMargin = 2 * Second;

    /// <summary>The time now as files are stamped with it, in nanoseconds since 1970 UTC.</summary>
    public static long NowNanoseconds => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>Asks for a file or directory.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="identity">The answer.</param>
    /// <returns>False when there is none or it cannot be looked at.</returns>
    public static bool TryGet(string path, out FileIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(path);
        var longest = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        byte[]? rented = null;
        var buffer = longest <= ShortPath ? stackalloc byte[ShortPath] : rented = ArrayPool<byte>.Shared.Rent(longest);
        try
        {
            var length = Encoding.UTF8.GetBytes(path, buffer);
            buffer[length] = 0;
            return TryGet(buffer[..(length + 1)], out identity);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Asks for a file or directory.</summary>
    /// <param name="path">Absolute path in UTF-8, ended by a NUL.</param>
    /// <param name="identity">The answer.</param>
    /// <returns>False when there is none or it cannot be looked at.</returns>
    public static bool TryGet(ReadOnlySpan<byte> path, out FileIdentity identity)
    {
        identity = default;

        // A NUL inside would name another file.
        return path.IndexOf((byte)0) == path.Length - 1
            && (NativeStatus.TryGet(path, out identity) ?? TryGetPortably(Encoding.UTF8.GetString(path[..^1]), out identity));
    }

    /// <summary>
    /// Whether a later change would be seen: false when the file changed so shortly before <paramref name="observed"/> that a
    /// second change may bear the same time, or after it, as when the clock was set back.
    /// </summary>
    /// <param name="observed">When the file was looked at, before its content was read; see <see cref="NowNanoseconds"/>.</param>
    public bool IsSettledAt(long observed)
    {
        var changed = ChangedNanoseconds != 0 ? ChangedNanoseconds : ModifiedNanoseconds;
        return changed < observed - (changed % Second == 0 || ChangedNanoseconds == 0 ? CoarseMargin : FineMargin);
    }

    /// <summary>The same without <c>statx</c>: another libc, an old kernel, a sandbox that forbids it.</summary>
    internal static bool TryGetPortably(string path, out FileIdentity identity)
    {
        identity = default;
        try
        {
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            info = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
            if (!info.Exists)
            {
                return false;
            }

            identity = new FileIdentity(
                info is FileInfo file ? file.Length : 0,
                (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick,
                0,
                0,
                0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
