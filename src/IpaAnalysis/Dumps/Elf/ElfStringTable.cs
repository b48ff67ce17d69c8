namespace IpaAnalysis.Dumps.Elf;

/// <summary>A string table. Finding the ends of all names costs no more than its size, whatever the names overlap in.</summary>
internal sealed class ElfStringTable(ReadOnlyMemory<byte> bytes)
{
    private int[]? _ends;
    private long _budget = 64 * 1024L + (4L * bytes.Length);

    public static ElfStringTable Empty { get; } = new(default);

    /// <summary>The bytes of a string that was measured before.</summary>
    public ReadOnlySpan<byte> Get(int offset, int length) => bytes.Span.Slice(offset, length);

    /// <summary>The string at an offset, up to its NUL or the table's end.</summary>
    /// <returns>False when the offset is outside the table.</returns>
    public bool TryGet(uint offset, out ReadOnlySpan<byte> text)
    {
        var all = bytes.Span;
        if (offset >= (uint)all.Length)
        {
            // A table may be absent where every name is empty.
            text = default;
            return offset == 0;
        }

        text = all[(int)offset..];
        text = text[..LengthOf(text, (int)offset)];
        return true;
    }

    private int LengthOf(ReadOnlySpan<byte> rest, int offset)
    {
        if (_budget > 0)
        {
            var length = rest.IndexOf((byte)0);
            length = length < 0 ? rest.Length : length;
            _budget -= length;
            return length;
        }

        // Honest tables never come here; in a hostile one thousands of names share a long tail.
        _ends ??= FindEnds();
        var index = Array.BinarySearch(_ends, offset);
        return _ends[index < 0 ? ~index : index] - offset;
    }

    private int[] FindEnds()
    {
        var ends = new List<int>();
        var all = bytes.Span;
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] == 0)
            {
                ends.Add(i);
            }
        }

        ends.Add(all.Length);
        return [.. ends];
    }
}
