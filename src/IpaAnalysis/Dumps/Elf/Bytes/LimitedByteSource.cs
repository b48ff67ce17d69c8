namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>Other bytes, of which no more than a limit is ever read: a file made to waste time is given up.</summary>
internal sealed class LimitedByteSource(ByteSource source, long limit) : ByteSource
{
    private long _left = limit;

    public override long Length => source.Length;

    /// <summary>Whether a read was refused.</summary>
    public bool IsExhausted { get; private set; }

    public override bool TryRead(long offset, Span<byte> destination) =>
        Take(destination.Length) && source.TryRead(offset, destination);

    public override bool TryGet(long offset, long length, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        return Take(length) && source.TryGet(offset, length, out bytes);
    }

    private bool Take(long length)
    {
        IsExhausted |= length > _left;
        _left -= IsExhausted ? 0 : length;
        return !IsExhausted;
    }
}
