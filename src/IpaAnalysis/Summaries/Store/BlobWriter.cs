using Microsoft.Win32.SafeHandles;

namespace IpaAnalysis.Summaries.Store;

/// <summary>
/// Writes encoded summaries to a file of its own. A file that cannot be written is given up, and what was to go there is
/// in no file; nothing is thrown. Safe for several threads.
/// </summary>
internal sealed class BlobWriter(string path) : IDisposable
{
    private const int BufferLength = 1 << 20;
    private const int MaxAttempts = 5;

    private readonly Lock _lock = new();
    private byte[] _buffer = [];
    private int _buffered;
    private long _written;
    private SafeFileHandle? _handle;

    /// <summary>How many bytes were given to it.</summary>
    public long Length => _written + _buffered;

    /// <summary>Why the file was given up; null while it can be written.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Appends bytes.</summary>
    /// <returns>Where they start.</returns>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var offset = Length;
            while (!bytes.IsEmpty && Failure is null)
            {
                if (_buffered == _buffer.Length)
                {
                    Flush();
                }

                var part = bytes[..Math.Min(bytes.Length, _buffer.Length - _buffered)];
                part.CopyTo(_buffer.AsSpan(_buffered));
                _buffered += part.Length;
                bytes = bytes[part.Length..];
            }

            return offset;
        }
    }

    /// <summary>
    /// Ends the writing; null when the file cannot be used, and then it is gone: for want of space, or taken for a leftover by
    /// another build in the moment that nobody held it.
    /// </summary>
    public BlobFile? Finish()
    {
        lock (_lock)
        {
            Flush();
            _handle?.Dispose();
            var file = Failure is null ? BlobFile.TryOpen(path, _written) : null;
            if (file is null)
            {
                Files.OutputFile.Delete(path);
            }

            // What Dispose must not delete.
            _handle = null;
            return file;
        }
    }

    /// <summary>Gives the file up unless it was finished.</summary>
    public void Dispose()
    {
        if (_handle is not null)
        {
            _handle.Dispose();
            _handle = null;
            Files.OutputFile.Delete(path);
        }
    }

    /// <summary>Makes the file and locks it: others must not take it for a leftover.</summary>
    private SafeFileHandle Create()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (attempt < MaxAttempts)
            {
                // Another build looked at it before the lock was there.
                Thread.Sleep(1);
            }
        }
    }

    private void Flush()
    {
        try
        {
            if (_handle is null)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                _handle = Create();
                _buffer = new byte[BufferLength];
            }

            RandomAccess.Write(_handle, _buffer.AsSpan(0, _buffered), _written);
            _written += _buffered;
            _buffered = 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The last is .NET's word for EFBIG.
            Failure = e;
            (_buffer, _buffered) = ([], 0);
        }
    }
}
