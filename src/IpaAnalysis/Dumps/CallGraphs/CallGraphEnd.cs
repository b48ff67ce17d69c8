namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>The end of a node or an edge, from the quote behind its last text on.</summary>
/// <remarks>
/// GCC closes a node of what is only declared with an ellipse (<c>dump_final_node_vcg_start</c> and its callers), and from
/// GCC 15 on a node of an alias with a triangle. What else VCG has names for, as a colour, a newer GCC may write.
/// </remarks>
/// <param name="Kind">What it says.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct CallGraphEnd(CallGraphEndKind Kind, int Length)
{
    private static ReadOnlySpan<byte> Plain => "\" }"u8;

    private static ReadOnlySpan<byte> Ellipse => "\" shape : ellipse }"u8;

    private static ReadOnlySpan<byte> Triangle => "\" shape : triangle }"u8;

    /// <summary>Finds the end of a whole record; false when it has none.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, out CallGraphEnd end)
    {
        if (text.EndsWith(Plain))
        {
            end = new CallGraphEnd(CallGraphEndKind.Plain, Plain.Length);
        }
        else if (text.EndsWith(Ellipse))
        {
            end = new CallGraphEnd(CallGraphEndKind.Ellipse, Ellipse.Length);
        }
        else if (text.EndsWith(Triangle))
        {
            end = new CallGraphEnd(CallGraphEndKind.Triangle, Triangle.Length);
        }
        else
        {
            var quote = text.LastIndexOf((byte)'"');
            end = new CallGraphEnd(CallGraphEndKind.Unknown, text.Length - quote);
            return quote >= 0 && IsAttributes(text[(quote + 1)..]);
        }

        return true;
    }

    /// <summary>The part that is not known, without what closes the record; empty for every other end.</summary>
    /// <param name="text">The record.</param>
    public ReadOnlySpan<byte> UnknownPart(ReadOnlySpan<byte> text) =>
        Kind == CallGraphEndKind.Unknown ? text[^(Length - 2)..^2] : default;

    /// <summary>Whether a text is one or more <c> name : value</c>, then the brace that closes the record.</summary>
    private static bool IsAttributes(ReadOnlySpan<byte> text)
    {
        if (!text.EndsWith(" }"u8) || text[0] != (byte)' ')
        {
            return false;
        }

        var colons = 0;
        foreach (var character in text[..^2])
        {
            colons += character == (byte)':' ? 1 : 0;
            if (!char.IsAsciiLetterOrDigit((char)character) && character is not ((byte)' ' or (byte)':' or (byte)'_'))
            {
                return false;
            }
        }

        return colons > 0 && text.Length > 5;
    }
}
