namespace IpaAnalysis.Recompile.Assembly.Syntax;

/// <summary>The small parts that statements are made of.</summary>
internal static class OperandText
{
    /// <summary>Length of the symbol, number, directive or mnemonic at the start; 0 for none.</summary>
    public static int WordLength(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !IsWordByte(text[0]) || text[0] == (byte)'$')
        {
            return 0;
        }

        var length = 1;
        while (length < text.Length && IsWordByte(text[length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>Length of the string or character literal at the start; 0 for none. A string ends at the end of its line at the latest.</summary>
    public static int LiteralLength(ReadOnlySpan<byte> text)
    {
        if (text[0] == (byte)'\'')
        {
            return CharacterLength(text);
        }

        if (text[0] != (byte)'"')
        {
            return 0;
        }

        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'"':
                    return i + 1;
                case (byte)'\n':
                    return i;
                case (byte)'\\' when i + 1 < text.Length && text[i + 1] != (byte)'\n':
                    i++;
                    break;
            }
        }

        return text.Length;
    }

    public static bool StartsBlockComment(ReadOnlySpan<byte> text) => text.Length > 1 && text[0] == (byte)'/' && text[1] == (byte)'*';

    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    public static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'\v';

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    /// <summary>Takes the operand before the first comma outside a string off a list.</summary>
    public static ReadOnlySpan<byte> TakeOperand(scoped ref ReadOnlySpan<byte> list)
    {
        var i = 0;
        while (i < list.Length && list[i] != (byte)',')
        {
            i += Math.Max(1, LiteralLength(list[i..]));
        }

        var operand = Trim(list[..Math.Min(i, list.Length)]);
        list = i < list.Length ? list[(i + 1)..] : default;
        return operand;
    }

    /// <summary>The first operand of a list, without quotes around it.</summary>
    public static ReadOnlySpan<byte> FirstOperand(ReadOnlySpan<byte> list)
    {
        var operand = TakeOperand(ref list);
        return operand.Length > 1 && operand[0] == (byte)'"' && operand[^1] == (byte)'"' ? operand[1..^1] : operand;
    }

    // Bytes above ASCII are letters of identifiers in UTF-8.
    private static bool IsWordByte(byte b) =>
        b is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9'
            or (byte)'_' or (byte)'.' or (byte)'$' or >= 0x80;

    private static int CharacterLength(ReadOnlySpan<byte> text)
    {
        // gas reads 'x and 'x' alike.
        var length = text.Length > 1 && text[1] == (byte)'\\' ? 3 : 2;
        if (text.Length < length || text[..length].Contains((byte)'\n'))
        {
            return 1;
        }

        return length < text.Length && text[length] == (byte)'\'' ? length + 1 : length;
    }
}
