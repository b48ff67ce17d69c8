namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>
/// What GCC writes behind the location of a function: its stack (<c>-fcallgraph-info=su</c>), then the number of its
/// dynamic objects and one part for each (<c>=da</c>; <c>dump_final_node_vcg</c>).
/// </summary>
internal static class CallGraphDecorations
{
    private static ReadOnlySpan<byte> PartEnd => "\\n"u8;

    private static ReadOnlySpan<byte> Bytes => " bytes ("u8;

    private static ReadOnlySpan<byte> Objects => " dynamic objects"u8;

    /// <summary>Whether the text is nothing or such decorations, each with the separator in front.</summary>
    public static bool Are(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var part = Take(ref text);
        if (part.IndexOf(Bytes) is >= 0 and var bytes)
        {
            if (!IsNumber(part[..bytes], out _) || !IsStackKind(part[(bytes + Bytes.Length)..]))
            {
                return false;
            }

            if (text.IsEmpty)
            {
                return true;
            }

            part = Take(ref text);
        }

        if (!part.EndsWith(Objects) || !IsNumber(part[..^Objects.Length], out var objects))
        {
            return false;
        }

        for (; objects > 0 && !text.IsEmpty; objects--)
        {
            part = Take(ref text);
            if (part.IsEmpty || part[0] != (byte)' ' || !IsObject(part))
            {
                return false;
            }
        }

        return objects == 0 && text.IsEmpty;
    }

    private static bool IsStackKind(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("static)"u8) || text.SequenceEqual("dynamic)"u8) || text.SequenceEqual("dynamic,bounded)"u8);

    /// <summary>A name and a place, which holds nothing that ends a record or begins one.</summary>
    private static bool IsObject(ReadOnlySpan<byte> part) =>
        (DumpText.TryLocation(part, out _) || part.EndsWith("<built-in>"u8)) && part.IndexOf("\" }"u8) < 0 && part.IndexOf(": \""u8) < 0;

    private static bool IsNumber(ReadOnlySpan<byte> text, out int value) => DumpText.TryNatural(text, out value);

    /// <summary>Takes the next part, which the caller knows to begin with the separator.</summary>
    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> text)
    {
        var rest = text[PartEnd.Length..];
        var end = rest.IndexOf(PartEnd);
        var part = end < 0 ? rest : rest[..end];
        text = end < 0 ? default : rest[end..];
        return part;
    }
}
