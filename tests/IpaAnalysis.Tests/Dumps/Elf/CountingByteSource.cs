using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Counts what is read of other bytes.</summary>
internal sealed class CountingByteSource(ByteSource source) : ByteSource
{
    public long BytesRead { get; private set; }

    public override long Length => source.Length;

    public override bool TryRead(long offset, Span<byte> destination)
    {
        BytesRead += destination.Length;
        return source.TryRead(offset, destination);
    }

    public override bool TryGet(long offset, long length, out ReadOnlyMemory<byte> bytes)
    {
        BytesRead += length;
        return source.TryGet(offset, length, out bytes);
    }
}
