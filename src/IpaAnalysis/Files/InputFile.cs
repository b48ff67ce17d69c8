using System.Buffers;
using System.Text;
using IpaAnalysis.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace IpaAnalysis.Files;

/// <summary>
/// The one way by which files from outside are opened. A file is looked at first, as only opening a device may do something;
/// it is opened without waiting and looked at again, as it may have been replaced meanwhile; and no more bytes are read than
/// it says to have. Safe for several threads.
/// </summary>
internal sealed class InputFile : IDisposable
{
    private const int ShortPath = 512;
    private const int Block = 1 << 16;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly SafeFileHandle _handle;
    private readonly bool _saysNoLength;

    private InputFile(SafeFileHandle handle, long length, bool saysNoLength) =>
        (_handle, Length, _saysNoLength) = (handle, length, saysNoLength);

    /// <summary>How many bytes the file said to have when it was opened; what is added later is not read.</summary>
    public long Length { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="role">What it is read as.</param>
    /// <exception cref="FileRefusedException">It is no regular file, or too large for its role.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static InputFile Open(string path, FileRole role)
    {
        ArgumentNullException.ThrowIfNull(path);
        var longest = Encoding.UTF8.GetMaxByteCount(path.Length) + 1;
        byte[]? rented = null;
        var buffer = longest <= ShortPath ? stackalloc byte[ShortPath] : rented = ArrayPool<byte>.Shared.Rent(longest);
        try
        {
            var length = Encoding.UTF8.GetBytes(path, buffer);
            buffer[length] = 0;
            return Open(path, buffer[..(length + 1)], role);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Whether there is a regular file that may be opened as far as looking tells; links are followed.</summary>
    /// <param name="path">Absolute path.</param>
    public static bool IsRegular(string path) => KindOf(path) == FileKind.Regular;

    /// <summary>What there is, links followed; null for nothing or what cannot be looked at.</summary>
    /// <param name="path">Absolute path.</param>
    public static FileKind? KindOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return FileIdentity.TryGet(Encoding.UTF8.GetBytes(path + '\0'), out _, out var kind) ? kind : null;
    }

    /// <summary>Reads a whole file.</summary>
    /// <inheritdoc cref="Open(string, FileRole)"/>
    public static byte[] ReadAllBytes(string path, FileRole role)
    {
        using var file = Open(path, role);
        if (file._saysNoLength)
        {
            return file.ReadToEnd(path, FileBounds.Of(role));
        }

        if (file.Length > Array.MaxLength)
        {
            throw FileRefusedException.ForSize(path, Array.MaxLength);
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
        var read = file.ReadFully(0, bytes);
        return read == bytes.Length ? bytes : bytes[..read];
    }

    /// <summary>Reads a whole file as text in UTF-8; a mark of the byte order at its start is left out.</summary>
    /// <inheritdoc cref="Open(string, FileRole)"/>
    public static string ReadAllText(string path, FileRole role)
    {
        ReadOnlySpan<byte> bytes = ReadAllBytes(path, role);
        return s_utf8.GetString(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);
    }

    /// <summary>Reads the lines of a text in UTF-8 as they are asked for.</summary>
    /// <inheritdoc cref="Open(string, FileRole)"/>
    public static IEnumerable<string> ReadLines(string path, FileRole role)
    {
        using var stream = OpenStream(path, role);
        using var reader = new StreamReader(stream, s_utf8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Opens a file as a stream.</summary>
    /// <inheritdoc cref="Open(string, FileRole)"/>
    public static Stream OpenStream(string path, FileRole role) => new InputFileStream(Open(path, role));

    /// <summary>Reads bytes of the file as it was when it was opened.</summary>
    /// <param name="offset">Where they start.</param>
    /// <param name="destination">Receives them.</param>
    /// <returns>How many were read: fewer than there is room for only at the end; 0 there.</returns>
    /// <exception cref="IOException">They cannot be read.</exception>
    public int Read(long offset, Span<byte> destination)
    {
        var length = (int)Math.Min(destination.Length, Math.Max(0, Length - offset));
        return length == 0 ? 0 : RandomAccess.Read(_handle, destination[..length], offset);
    }

    /// <summary>Reads until the span is full or the file ends.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <inheritdoc cref="Read"/>
    public int ReadFully(long offset, Span<byte> destination)
    {
        var done = 0;
        while (done < destination.Length && Read(offset + done, destination[done..]) is > 0 and var read)
        {
            done += read;
        }

        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static InputFile Open(string path, ReadOnlySpan<byte> terminated, FileRole role)
    {
        // A NUL inside would name another file.
        if (terminated.IndexOf((byte)0) != terminated.Length - 1 || terminated.Length == 1)
        {
            throw new FileNotFoundException($"'{path}' does not exist.", path);
        }

        if (NativeStatus.TryGet(terminated, out var identity, out var kind, out var error) == false)
        {
            throw NativeFile.Failure(path, error);
        }

        // Unknown: without statx the file tells what it is when it is open.
        Check(path, kind == FileKind.Unknown ? FileKind.Regular : kind, identity.Length, role);
        var handle = NativeFile.Open(path, terminated);
        try
        {
            var length = NativeStatus.TryGet(handle, out var opened, out kind) switch
            {
                true => opened.Length,
                _ => LengthOf(path, handle, out kind),
            };
            Check(path, kind, length, role);
            return new InputFile(handle, length, role == FileRole.KernelText);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Without <c>statx</c>: a pipe or socket has no length, and of a device that says 0 nothing is read.</summary>
    internal static long LengthOf(string path, SafeFileHandle handle, out FileKind kind)
    {
        kind = FileKind.Regular;
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            throw FileRefusedException.ForKind(path, FileKind.Unknown);
        }
    }

    private static void Check(string path, FileKind kind, long length, FileRole role)
    {
        if (kind != FileKind.Regular)
        {
            throw FileRefusedException.ForKind(path, kind);
        }

        if (length > FileBounds.Of(role))
        {
            throw FileRefusedException.ForSize(path, FileBounds.Of(role));
        }
    }

    private byte[] ReadToEnd(string path, long bound)
    {
        using var content = new MemoryStream();
        var block = new byte[Block];
        while (RandomAccess.Read(_handle, block, content.Length) is > 0 and var read)
        {
            content.Write(block, 0, read);
            if (content.Length > bound)
            {
                throw FileRefusedException.ForSize(path, bound);
            }
        }

        return content.ToArray();
    }
}
