using System.Buffers.Binary;
using System.Text;

namespace IpaAnalysis.Files.State;

/// <summary>
/// Reads what a <see cref="BinaryWriter"/> wrote into a state file. A right checksum says only that nothing was damaged, not
/// who wrote it: each length and count is checked against what is left before anything is allocated.
/// Not safe for several threads.
/// </summary>
/// <exception cref="FormatException">Any member throws it, and nothing else, where the bytes do not fit.</exception>
internal sealed class StateReader(ReadOnlyMemory<byte> bytes)
{
    private int _position;

    /// <summary>How many bytes were not read yet.</summary>
    public int Remaining => bytes.Length - _position;

    /// <summary>Reads one byte.</summary>
    public byte ReadByte() => Take(sizeof(byte))[0];

    /// <summary>Reads the number of a value of an enumeration.</summary>
    /// <param name="last">The highest that there is.</param>
    public byte ReadByte(byte last) => ReadByte() is var value && value <= last ? value : throw Foreign();

    /// <summary>Reads a truth value.</summary>
    public bool ReadBoolean() => ReadByte(1) != 0;

    /// <summary>Reads four bytes.</summary>
    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Reads eight bytes.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Reads eight bytes.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    /// <summary>Reads a number in as few bytes as it needs.</summary>
    public int Read7BitEncodedInt()
    {
        var value = 0u;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var b = ReadByte();
            value |= (uint)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return (int)value;
            }
        }

        throw Foreign();
    }

    /// <summary>Reads how many elements follow.</summary>
    /// <param name="smallest">The fewest bytes that an element has.</param>
    public int ReadCount(int smallest = 1) => Read7BitEncodedInt() is var count && count >= 0 && count <= Remaining / smallest ? count : throw Foreign();

    /// <summary>Reads the number of an element of a list.</summary>
    /// <param name="count">How many elements the list has.</param>
    public int ReadIndex(int count) => Read7BitEncodedInt() is var index && (uint)index < (uint)count ? index : throw Foreign();

    /// <summary>Reads a text.</summary>
    public string ReadString() => Encoding.UTF8.GetString(Take(Read7BitEncodedInt()));

    /// <summary>Reads a text that may be used as a path, in which no NUL can be.</summary>
    public string ReadPath() => ReadString() is var path && !path.Contains('\0', StringComparison.Ordinal) ? path : throw Foreign();

    /// <summary>Reads bytes.</summary>
    /// <param name="count">How many.</param>
    public byte[] ReadBytes(int count) => Take(count).ToArray();

    /// <summary>Reads as many bytes as the four bytes before them say.</summary>
    public byte[] ReadBlock() => ReadBytes(ReadInt32());

    private static FormatException Foreign() => new("The bytes are not what was to be read.");

    private ReadOnlySpan<byte> Take(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            throw Foreign();
        }

        _position += count;
        return bytes.Span.Slice(_position - count, count);
    }
}
