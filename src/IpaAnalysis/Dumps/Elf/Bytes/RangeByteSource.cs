namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>A range of other bytes, which stay the caller's to close.</summary>
internal sealed class RangeByteSource(ByteSource source, long start, long length) : ByteSource
{
    public override long Length => length;

    public override bool TryRead(long offset, Span<byte> destination) =>
        Holds(offset, destination.Length) && source.TryRead(start + offset, destination);

    public override bool TryGet(long offset, long count, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        return Holds(offset, count) && source.TryGet(start + offset, count, out bytes);
    }
}
