using IpaAnalysis.Files;

namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>A file that is too large to be read whole.</summary>
internal sealed class FileByteSource(InputFile file) : ByteSource
{
    // Nine of ten kernel objects are smaller; one read of this size costs less than the six reads of single sections.
    private const int WholeFileLimit = 64 * 1024;

    public override long Length => file.Length;

    /// <summary>Opens a file; a small one is read into the buffer, where it stays until the buffer's next use.</summary>
    public static ByteSource OpenFile(string path, FileBuffer buffer)
    {
        var file = InputFile.Open(path, FileRole.Object);
        if (file.Length > WholeFileLimit)
        {
            return new FileByteSource(file);
        }

        using (file)
        {
            return FromMemory(buffer.ReadMemory(file));
        }
    }

    public override bool TryRead(long offset, Span<byte> destination)
    {
        if (!Holds(offset, destination.Length))
        {
            return false;
        }

        try
        {
            return file.ReadFully(offset, destination) == destination.Length;
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
            file.Dispose();
        }

        base.Dispose(disposing);
    }
}
