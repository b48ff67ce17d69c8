using System.IO.Compression;

namespace IpaAnalysis.Dumps.Elf.Bytes;

/// <summary>What zlib packed. Only as much is unpacked as lies before the bytes asked for, and no more than asked for is kept.</summary>
internal sealed class InflatedByteSource : ByteSource
{
    // No deflate stream grows more: two bits stand for 258 bytes at best.
    private const long LargestRatio = 1032;

    // A unit's first bytes and its producer lie early; unpacking a gigabyte for a string is not worth the time.
    private const long InflateLimit = 64 * 1024 * 1024;

    private readonly ByteSource _packed;
    private ZLibStream? _stream;
    private long _position;
    private long _left = InflateLimit;

    private InflatedByteSource(ByteSource packed, long length)
    {
        _packed = packed;
        Length = length;
    }

    public override long Length { get; }

    /// <summary>Opens packed bytes; null when so few cannot hold what they claim to.</summary>
    /// <param name="packed">A zlib stream; stays the caller's to close.</param>
    /// <param name="length">The unpacked size as the file states it.</param>
    public static InflatedByteSource? Open(ByteSource packed, ulong length) =>
        length <= (ulong)packed.Length * LargestRatio ? new(packed, (long)length) : null;

    public override bool TryRead(long offset, Span<byte> destination)
    {
        if (!Holds(offset, destination.Length))
        {
            return false;
        }

        try
        {
            return SkipTo(offset) && Inflate(destination) == destination.Length;
        }
        catch (InvalidDataException)
        {
            // The next attempt would go on behind the damage.
            Close();
            return false;
        }
    }

    public override bool TryGet(long offset, long length, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!Holds(offset, length) || length > Array.MaxLength)
        {
            return false;
        }

        var buffer = GC.AllocateUninitializedArray<byte>((int)length);
        if (!TryRead(offset, buffer))
        {
            return false;
        }

        bytes = buffer;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    private bool SkipTo(long offset)
    {
        if (_stream is null || offset < _position)
        {
            Close();
            _stream = new ZLibStream(new ByteSourceStream(_packed), CompressionMode.Decompress);
        }

        Span<byte> scratch = stackalloc byte[4096];
        while (_position < offset)
        {
            if (Inflate(scratch[..(int)Math.Min(scratch.Length, offset - _position)]) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Inflate(Span<byte> destination)
    {
        if (destination.Length > _left)
        {
            return 0;
        }

        var done = _stream!.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        _position += done;
        _left -= done;
        return done;
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
        _position = 0;
    }
}
