using IpaAnalysis.Files;
using Microsoft.Win32.SafeHandles;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>A file that is too large to be read whole.</summary>
internal sealed class FileByteSource(SafeFileHandle handle, long length) : ByteSource
{
    // Nine of ten kernel objects are smaller; one read of this size costs less than the six reads of single sections.
    private const int WholeFileLimit = 64 * 1024;

    public override long Length => length;

    /// <summary>Opens a file; a small one is read into the buffer, where it stays until the buffer's next use.</summary>
    public static ByteSource OpenFile(string path, FileBuffer buffer)
    {
        var bytes = buffer.ReadMemory(path, WholeFileLimit, out var isWhole);
        if (isWhole)
        {
            return FromMemory(bytes);
        }

        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new FileByteSource(handle, RandomAccess.GetLength(handle));
    }

    public override bool TryRead(long offset, Span<byte> destination)
    {
        if (!Holds(offset, destination.Length))
        {
            return false;
        }

        try
        {
            return ReadFully(handle, offset, destination) == destination.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public override bool TryGet(long offset, long count, out ReadOnlyMemory<byte> result)
    {
        result = default;
        if (!Holds(offset, count) || count > Array.MaxLength)
        {
            return false;
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)count);
        if (!TryRead(offset, bytes))
        {
            return false;
        }

        result = bytes;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads until the span is full or the file ends; gives the number of bytes read.</summary>
    private static int ReadFully(SafeFileHandle handle, long offset, Span<byte> destination)
    {
        var done = 0;
        while (done < destination.Length)
        {
            var read = RandomAccess.Read(handle, destination[done..], offset + done);
            if (read == 0)
            {
                break;
            }

            done += read;
        }

        return done;
    }
}
