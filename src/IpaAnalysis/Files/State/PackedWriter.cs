using System.Buffers.Binary;
using System.Text;

namespace IpaAnalysis.Files.State;

/// <summary>Writes numbers in as few bytes as they need into a buffer that is used again.</summary>
internal sealed class PackedWriter
{
    private const int LongestNumber = 10;

    private byte[] _buffer = new byte[1 << 12];
    private int _length;

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    /// <summary>Writes a number that is small and not negative: seven bits a byte, the lowest first.</summary>
    public void WriteUnsigned(ulong value)
    {
        var buffer = Room(LongestNumber);
        var i = 0;
        for (; value >= 0x80; value >>= 7)
        {
            buffer[i++] = (byte)(value | 0x80);
        }

        buffer[i++] = (byte)value;
        _length += i;
    }

    /// <summary>Writes a number from -1 upwards.</summary>
    public void WriteIndex(int value) => WriteUnsigned((uint)(value + 1));

    /// <summary>Writes a number of either sign.</summary>
    public void WriteSigned(int value) => WriteUnsigned((uint)((value << 1) ^ (value >> 31)));

    /// <summary>Writes eight bytes.</summary>
    public void WriteFixed(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
        _length += sizeof(ulong);
    }

    /// <summary>Writes bytes as they are; the reader must know how many.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Writes a text that may be missing.</summary>
    public void WriteText(string? text)
    {
        if (text is null)
        {
            WriteIndex(-1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        WriteIndex(length);
        Encoding.UTF8.GetBytes(text, Room(length));
        _length += length;
    }

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _length < length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + length));
        }

        return _buffer.AsSpan(_length);
    }
}
