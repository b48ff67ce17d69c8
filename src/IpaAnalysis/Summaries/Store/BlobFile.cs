using IpaAnalysis.Files;
using Microsoft.Win32.SafeHandles;

namespace IpaAnalysis.Summaries.Store;

/// <summary>
/// A file of encoded summaries: written once, then only read. While it is open, nobody takes it for a leftover and
/// deletes it (the lock is advisory). Safe for several threads.
/// </summary>
internal sealed class BlobFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private BlobFile(string path, SafeFileHandle handle, long length)
    {
        Path = path;
        Length = length;
        _handle = handle;
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Its name in the store's directory.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Its size in bytes.</summary>
    public long Length { get; }

    /// <summary>Opens a file; null when it is not there or not as long as it was written.</summary>
    public static BlobFile? TryOpen(string path, long length)
    {
        try
        {
            // Opened in .NET's way for its lock: what is no regular file must not get there.
            if (!InputFile.IsRegular(path))
            {
                return null;
            }

            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (RandomAccess.GetLength(handle) == length)
            {
                return new BlobFile(path, handle, length);
            }

            handle.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was in it is read from the units' files.
        }

        return null;
    }

    /// <summary>Reads bytes; false when they cannot be read.</summary>
    public bool TryRead(long offset, Span<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                var read = RandomAccess.Read(_handle, bytes, offset);
                if (read == 0)
                {
                    return false;
                }

                offset += read;
                bytes = bytes[read..];
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public void Dispose() => _handle.Dispose();
}
