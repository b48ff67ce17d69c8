namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>Reads DWARF's numbers one after the other. Past the end everything is 0.</summary>
internal ref struct DwarfCursor(ReadOnlySpan<byte> bytes, ElfEncoding encoding)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The offset of the next byte.</summary>
    public int Position { get; private set; }

    /// <summary>Whether more was asked for than there is.</summary>
    public bool IsPastEnd { get; private set; }

    /// <summary>An unsigned number of 1 to 8 bytes in the file's order.</summary>
    public ulong Number(int size)
    {
        var start = Position;
        Skip((ulong)size);
        if (IsPastEnd)
        {
            return 0;
        }

        var value = 0UL;
        for (var i = 0; i < size; i++)
        {
            value = (value << 8) | _bytes[start + (encoding.IsBigEndian ? i : size - 1 - i)];
        }

        return value;
    }

    /// <summary>A LEB128 number; a signed one is as long. Bits above the 64th are lost.</summary>
    public ulong Leb()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Number(1);
            value |= shift < 64 ? (next & 0x7f) << shift : 0;
            if (next < 0x80)
            {
                return IsPastEnd ? 0 : value;
            }
        }
    }

    /// <summary>The bytes up to the next NUL, which is skipped.</summary>
    public ReadOnlySpan<byte> Text()
    {
        var rest = _bytes[Position..];
        var length = rest.IndexOf((byte)0);
        Skip(length < 0 ? ulong.MaxValue : (ulong)length + 1);
        return length < 0 ? default : rest[..length];
    }

    public void Skip(ulong count)
    {
        IsPastEnd |= count > (ulong)(_bytes.Length - Position);
        Position = IsPastEnd ? _bytes.Length : Position + (int)count;
    }
}
