namespace IpaAnalysis.Files;

/// <summary>Reads one file after the other into memory that is used again. Not safe for several threads.</summary>
public sealed class FileBuffer
{
    private const int FirstSize = 1 << 16;

    private byte[] _bytes = [];

    /// <summary>Reads a whole file. The bytes are good until the next file is read.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public ReadOnlySpan<byte> Read(string path) => ReadMemory(path, int.MaxValue, out _).Span;

    /// <summary>Reads a file from its start.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="limit">Of a longer file nothing is read.</param>
    /// <param name="isWhole">Whether it is not longer.</param>
    internal ReadOnlyMemory<byte> ReadMemory(string path, int limit, out bool isWhole)
    {
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

        // One byte more than it says: the end shows in the first read, and what grows meanwhile is read on.
        var expected = RandomAccess.GetLength(handle);
        isWhole = expected <= limit;
        if (!isWhole)
        {
            return default;
        }

        var length = 0;
        Reserve(expected + 1);
        while (true)
        {
            var read = RandomAccess.Read(handle, _bytes.AsSpan(length), length);
            length += read;
            if (read == 0 || length == expected)
            {
                return _bytes.AsMemory(0, length);
            }

            Reserve(length + 1L);
        }
    }

    private void Reserve(long length)
    {
        if (length > Array.MaxLength)
        {
            throw new IOException("The file is too large.");
        }

        if (_bytes.Length < length)
        {
            var grown = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(Math.Max(FirstSize, length), 2L * _bytes.Length)));
            _bytes.CopyTo(grown, 0);
            _bytes = grown;
        }
    }
}
