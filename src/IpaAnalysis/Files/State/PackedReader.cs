using System.Buffers.Binary;
using System.Text;

namespace IpaAnalysis.Files.State;

/// <summary>Reads what <see cref="PackedWriter"/> wrote.</summary>
/// <exception cref="FormatException">Any member throws it where the bytes end too early or are something else.</exception>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Reads a number that is not negative.</summary>
    public ulong ReadUnsigned()
    {
        var (value, shift) = (0ul, 0);
        while (true)
        {
            if (_position >= _bytes.Length || shift > 63)
            {
                throw Truncated();
            }

            var b = _bytes[_position++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }

            shift += 7;
        }
    }

    /// <summary>Reads a number that is not negative and fits an <see cref="int"/>.</summary>
    public int ReadNumber() => ReadUnsigned() is var value && value <= int.MaxValue ? (int)value : throw Foreign();

    /// <summary>Reads the number of an element of a list.</summary>
    /// <param name="count">How many elements the list has.</param>
    public int ReadNumber(int count) => ReadUnsigned() is var value && value < (ulong)count ? (int)value : throw Foreign();

    /// <summary>Reads the number of a value of an enumeration.</summary>
    /// <param name="last">The highest that there is.</param>
    public byte ReadByte(byte last) => ReadUnsigned() is var value && value <= last ? (byte)value : throw Foreign();

    /// <summary>Reads a number from -1 upwards.</summary>
    public int ReadIndex() => ReadUnsigned() is var value && value <= int.MaxValue + 1ul ? (int)((long)value - 1) : throw Foreign();

    /// <summary>Reads the number of an element of a list, or -1.</summary>
    /// <param name="count">How many elements the list has.</param>
    public int ReadIndex(int count) => ReadIndex() is var index && index < count ? index : throw Foreign();

    /// <summary>Reads a number of either sign.</summary>
    public int ReadSigned()
    {
        var value = (uint)ReadUnsigned();
        return (int)(value >> 1) ^ -(int)(value & 1);
    }

    /// <summary>Reads how many elements follow.</summary>
    /// <param name="smallest">The fewest bytes that an element has.</param>
    public int ReadCount(int smallest = 1)
    {
        var count = ReadUnsigned();
        return count <= (ulong)(Remaining / smallest) ? (int)count : throw Truncated();
    }

    /// <summary>Reads eight bytes.</summary>
    public ulong ReadFixed() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(sizeof(ulong)));

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        if ((uint)length > (uint)Remaining)
        {
            throw Truncated();
        }

        _position += length;
        return _bytes.Slice(_position - length, length);
    }

    /// <summary>Reads a text that may be missing.</summary>
    public string? ReadText()
    {
        var length = ReadIndex();
        return length < 0 ? null : Encoding.UTF8.GetString(ReadBytes(length));
    }

    private static FormatException Foreign() => new("A number is not one of those that there may be.");

    private static FormatException Truncated() => new("The bytes end too early.");
}
