using System.Text;

namespace IpaAnalysis.Archives;

/// <summary>What comes out of a decompressor, counted and bounded. Reads only.</summary>
internal sealed class BoundedStream : Stream
{
    private const int BlockSize = 512;
    private const int NameSize = 100;
    private const int TypePlace = 156;

    private readonly Stream _source;
    private readonly long _bound;
    private readonly CancellationToken _cancellation;
    private byte[] _peeked = [];
    private int _served;

    /// <summary>Bounds a stream.</summary>
    /// <param name="source">The stream, which is closed with this one.</param>
    /// <param name="bound">The most bytes that may be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public BoundedStream(Stream source, long bound, CancellationToken cancellation)
    {
        _source = source;
        _bound = bound;
        _cancellation = cancellation;
    }

    /// <summary>How many of the last bytes were zero.</summary>
    public long TrailingZeros { get; private set; }

    /// <summary>The name in the last header of a sparse file of GNU tar's own form, of which the framework's reader makes no entry; null for none.</summary>
    public string? SparseName { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    /// <summary>Whether what was read ends in the block of zeros that ends a tar archive.</summary>
    public bool EndsInZeroBlock => TrailingZeros >= BlockSize;

    /// <summary>The first bytes, which are read again afterwards.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        var block = new byte[BlockSize];
        var read = 0;
        while (read < block.Length && Decode(block.AsSpan(read)) is > 0 and var more)
        {
            read += more;
        }

        _peeked = block[..read];
        return _peeked;
    }

    public override int Read(Span<byte> buffer)
    {
        _cancellation.ThrowIfCancellationRequested();
        int read;
        if (_served < _peeked.Length)
        {
            read = Math.Min(buffer.Length, _peeked.Length - _served);
            _peeked.AsSpan(_served, read).CopyTo(buffer);
            _served += read;
        }
        else
        {
            read = Decode(buffer);
        }

        Position += read;
        if (Position > _bound)
        {
            throw new ArchiveException("it unpacks to more than is allowed for an archive of its size");
        }

        if (read == BlockSize && IsSparseHeader(buffer[..read]))
        {
            SparseName = Encoding.UTF8.GetString(buffer[..Math.Max(0, buffer[..NameSize].IndexOf((byte)0))]);
        }

        var rest = buffer[..read].LastIndexOfAnyExcept((byte)0);
        TrailingZeros = rest < 0 ? TrailingZeros + read : read - rest - 1;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private static bool IsSparseHeader(ReadOnlySpan<byte> block) => block[TypePlace] == (byte)'S' && ArchiveForm.IsTar(block);

    /// <summary>Decoders meet damage with exceptions of every kind; what the file system says stays what it is.</summary>
    private int Decode(Span<byte> buffer)
    {
        try
        {
            return _source.Read(buffer);
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException or OperationCanceledException))
        {
            throw new InvalidDataException("The archive is damaged.", e);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                _source.Dispose();
            }
            catch (Exception e) when (e is not IOException)
            {
                // A decoder in the middle of damage, which was told.
            }
        }

        base.Dispose(disposing);
    }
}
