namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>Reads <c>symbol</c>, <c>symbol+4</c>, <c>symbol + 4</c> and <c>symbol-4</c>.</summary>
internal static class SymbolOffset
{
    /// <summary>Reads a whole expression; false if it is anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> expression, out int symbolLength, out long offset)
    {
        symbolLength = OperandText.WordLength(expression);
        offset = 0;
        return symbolLength > 0
            && !OperandText.IsDigit(expression[0])
            && symbolLength + ReadOffset(expression[symbolLength..], out offset) == expression.Length;
    }

    /// <summary>Reads the offset after a symbol and tells its length; 0 if there is none.</summary>
    public static int ReadOffset(ReadOnlySpan<byte> text, out long offset)
    {
        offset = 0;
        var length = 0;
        while (TryTerm(text[length..], out var used, out var term) && Math.Abs(offset + term) < 1L << 41)
        {
            offset += term;
            length += used;
        }

        return length;
    }

    private static bool TryTerm(ReadOnlySpan<byte> text, out int length, out long term)
    {
        length = SkipBlanks(text, 0);
        term = 0;
        if (length == text.Length || text[length] is not ((byte)'+' or (byte)'-'))
        {
            return false;
        }

        var negative = text[length] == (byte)'-';
        var start = SkipBlanks(text, length + 1);
        var digits = OperandText.WordLength(text[start..]);
        length = start + digits;
        if (digits == 0 || !Directives.TryNumber(text.Slice(start, digits), out term))
        {
            return false;
        }

        term = negative ? -term : term;
        return true;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
