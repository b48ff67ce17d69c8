using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Files;

/// <summary>Reads one file after the other into memory that is used again. Not safe for several threads.</summary>
internal sealed class FileBuffer
{
    private const int FirstSize = 1 << 16;

    private byte[] _bytes = [];

    /// <summary>Reads a whole file. The bytes are good until the next file is read.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="role">What it is read as.</param>
    /// <exception cref="FileRefusedException">It is no regular file, or too large for its role.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public ReadOnlySpan<byte> Read(string path, FileRole role)
    {
        if (role == FileRole.KernelText)
        {
            return _bytes = InputFile.ReadAllBytes(path, role);
        }

        using var file = InputFile.Open(path, role);
        return ReadMemory(file).Span;
    }

    /// <summary>Reads a whole file that is open.</summary>
    internal ReadOnlyMemory<byte> ReadMemory(InputFile file)
    {
        Reserve(file.Length);
        return _bytes.AsMemory(0, file.ReadFully(0, _bytes.AsSpan(0, (int)file.Length)));
    }

    private void Reserve(long length)
    {
        if (length > Array.MaxLength)
        {
            throw new IOException("The file is too large.");
        }

        if (_bytes.Length < length)
        {
            // What it holds is no longer good.
            _bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(Math.Max(FirstSize, length), 2L * _bytes.Length)));
        }
    }
}
