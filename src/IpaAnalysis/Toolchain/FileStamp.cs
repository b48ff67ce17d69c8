namespace IpaAnalysis.Toolchain;

/// <summary>What a file's attributes say about its content having changed.</summary>
/// <param name="Length">Size in bytes.</param>
/// <param name="Modified">Time of last modification in units of 100 ns, UTC.</param>
internal readonly record struct FileStamp(long Length, long Modified)
{
    /// <summary>The stamp of a file, links followed; null when there is none.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if ((info.Attributes & FileAttributes.ReparsePoint) != 0)
            {
                info = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
            }

            return info is { Exists: true } ? new FileStamp(info.Length, info.LastWriteTimeUtc.Ticks) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
