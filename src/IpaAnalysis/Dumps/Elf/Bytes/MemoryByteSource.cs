namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>Bytes in memory.</summary>
internal sealed class MemoryByteSource(ReadOnlyMemory<byte> bytes) : ByteSource
{
    public override long Length => bytes.Length;

    public override bool TryRead(long offset, Span<byte> destination)
    {
        if (!Holds(offset, destination.Length))
        {
            return false;
        }

        bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
        return true;
    }

    public override bool TryGet(long offset, long length, out ReadOnlyMemory<byte> result)
    {
        var there = Holds(offset, length);
        result = there ? bytes.Slice((int)offset, (int)length) : default;
        return there;
    }
}
