namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>A part of a section of data that no variable covers: tables of jumps and constants, without the zeros around them.</summary>
/// <param name="GapStart">Where the variable before it ends.</param>
/// <param name="GapEnd">Where the variable behind it starts.</param>
/// <param name="Start">Where the first byte is that is not zero, or still to be filled in.</param>
/// <param name="Length">Up to behind the last such byte.</param>
internal readonly record struct DataBlock(ulong GapStart, ulong GapEnd, ulong Start, ulong Length)
{
    /// <summary>The blocks of a section, by place. What is all zero is none.</summary>
    public static List<DataBlock> Of(ImageSection section)
    {
        var blocks = new List<DataBlock>();
        if (section.Header.IsEmptyInFile)
        {
            return blocks;
        }

        ulong end = 0;
        var size = section.Header.Size;
        foreach (var (start, next) in section.Data.Select(d => (d.Row.Value, d.End)).Append((size, size)))
        {
            var from = Math.Min(start, size);
            if (from > end && In(section, end, from) is { } block)
            {
                blocks.Add(block);
            }

            end = Math.Max(end, Math.Min(next, size));
        }

        return blocks;
    }

    private static DataBlock? In(ImageSection section, ulong start, ulong end)
    {
        var bytes = section.Bytes.Span[(int)start..(int)end];
        var first = (ulong)Math.Max(bytes.IndexOfAnyExcept((byte)0), 0);
        var behind = (ulong)(bytes.LastIndexOfAnyExcept((byte)0) + 1);
        var relocations = section.RelocationsIn(start, end);
        if (behind == 0)
        {
            first = (ulong)bytes.Length;
        }

        if (!relocations.IsEmpty)
        {
            // No field is wider than eight bytes.
            first = Math.Min(first, relocations[0].Offset - start);
            behind = Math.Max(behind, Math.Min(relocations[^1].Offset - start + 8, (ulong)bytes.Length));
        }

        return behind == 0 ? null : new(start, end, start + first, behind - first);
    }
}
