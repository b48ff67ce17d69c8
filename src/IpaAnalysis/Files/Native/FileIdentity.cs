using System.Buffers;
using System.Text;

namespace IpaAnalysis.Files.Native;

/// <summary>
/// What the file system says about a file without reading it; symbolic links are followed. Two equal values mean the same
/// content, as a write always sets the time of the last change (<c>statx(2)</c>), which nobody can set back.
/// </summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="ModifiedNanoseconds">Time of the last modification since 1970 UTC in nanoseconds; programs may set it.</param>
/// <param name="ChangedNanoseconds">Time of the last change of content or status since 1970 UTC in nanoseconds; 0 when the platform does not tell.</param>
/// <param name="Inode">Number of the file in its file system; 0 when the platform does not tell.</param>
/// <param name="Device">The file system; 0 when the platform does not tell.</param>
internal readonly record struct FileIdentity(long Length, long ModifiedNanoseconds, long ChangedNanoseconds, ulong Inode, ulong Device)
{
    private const int ShortPath = 512;
    private const long Second = 1_000_000_000;

    /// <summary>Linux stamps files with the time of its last tick, usually at most 10 ms ago (<c>ktime_get_coarse_real_ts64</c>).</summary>
    internal const long FineMargin = Second / 20;

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
    public static bool TryGet(ReadOnlySpan<byte> path, out FileIdentity identity) => TryGet(path, out identity, out _);

    /// <summary>Asks for what is no directory.</summary>
    internal static bool TryGetFile(string path, out FileIdentity identity) =>
        TryGet(Encoding.UTF8.GetBytes(path + '\0'), out identity, out var kind) && kind != FileKind.Directory;

    /// <summary>The same, and what it is.</summary>
    internal static bool TryGet(ReadOnlySpan<byte> path, out FileIdentity identity, out FileKind kind)
    {
        (identity, kind) = (default, FileKind.Unknown);

        // A NUL inside would name another file.
        return !path.IsEmpty && path.IndexOf((byte)0) == path.Length - 1
            && (NativeStatus.TryGet(path, out identity, out kind)
                ?? TryGetPortably(Encoding.UTF8.GetString(path[..^1]), out identity, out kind));
    }

    /// <summary>
    /// Whether a later change would be seen: false when the file changed so shortly before <paramref name="observed"/> that a
    /// second change may bear the same time, or after it, as when the clock was set back.
    /// </summary>
    /// <param name="observed">When the file was looked at, before its content was read; see <see cref="NowNanoseconds"/>.</param>
    public bool IsSettledAt(long observed) => NewestChange < observed - (IsCoarse ? CoarseMargin : FineMargin);

    /// <summary>Why a file counts as another one.</summary>
    internal static string Describe(FileIdentity before, FileIdentity after) =>
        after == default ? "it is gone"
        : before == default ? "it is new"
        : before.Length != after.Length ? "its size changed"
        : before.ModifiedNanoseconds != after.ModifiedNanoseconds ? "its time stamp changed"
        : before.Inode != after.Inode || before.Device != after.Device ? "it was replaced"
        : before != after ? "its content or status changed"
        : "it changed just before it was last looked at";

    /// <summary>How long to wait before a look at the content settles the matter, in nanoseconds; 0 when it is, or when that would be long.</summary>
    internal long UnsettledFor(long now)
    {
        var wait = NewestChange + FineMargin - now;
        return IsCoarse || wait is < 0 or > FineMargin ? 0 : wait + 1;
    }

    /// <summary>The time of the last change, or where the platform does not tell that of the last modification, in nanoseconds since 1970 UTC.</summary>
    public long NewestNanoseconds => NewestChange;

    private long NewestChange => ChangedNanoseconds != 0 ? ChangedNanoseconds : ModifiedNanoseconds;

    private bool IsCoarse => ChangedNanoseconds == 0 || ChangedNanoseconds % Second == 0;

    /// <summary>The same without <c>statx</c>: another libc, an old kernel, a sandbox that forbids it.</summary>
    internal static bool TryGetPortably(string path, out FileIdentity identity, out FileKind kind)
    {
        (identity, kind) = (default, FileKind.Unknown);
        try
        {
            // A relative link behind a link to a directory leads elsewhere than its text does.
            path = Path.IsPathRooted(path) ? RealPath.Of(path) : path;
            FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            if (!info.Exists || info.LinkTarget is not null)
            {
                return false;
            }


            // Which files are devices and the like shows when they are opened: those have no length.
            kind = info is DirectoryInfo ? FileKind.Directory : FileKind.Regular;
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
