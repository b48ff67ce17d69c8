using System.Text;

namespace IpaAnalysis.Recompile.Source;

/// <summary>Finds the names of symbols in the string literals of a text: assembly and attributes have them there.</summary>
internal static class QuotedNames
{
    /// <summary>The words that could be names.</summary>
    public static HashSet<string> Of(ReadOnlySpan<byte> text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var lexer = new SourceLexer(text, 0);
        while (TryLiteral(ref lexer, text, out var literal))
        {
            for (var at = 0; TryWord(literal, ref at, out var word);)
            {
                words.Add(Encoding.UTF8.GetString(literal[word]));
            }
        }

        return words;
    }

    /// <summary>Whether a literal has a label of the name, as assembly defines a function.</summary>
    public static bool HasLabel(ReadOnlySpan<byte> text, string name)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        var lexer = new SourceLexer(text, 0);
        while (TryLiteral(ref lexer, text, out var literal))
        {
            for (var at = 0; TryWord(literal, ref at, out var word);)
            {
                if (at < literal.Length && literal[at] == (byte)':' && literal[word].SequenceEqual(wanted))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool TryLiteral(ref SourceLexer lexer, ReadOnlySpan<byte> text, out ReadOnlySpan<byte> literal)
    {
        while (lexer.Next() is var token && (token.Kind != SourceTokenKind.End || token.Start < token.End))
        {
            if (token.Kind == SourceTokenKind.String)
            {
                literal = text[token.Start..token.End];
                return true;
            }
        }

        literal = default;
        return false;
    }

    /// <summary>The next word, and where the literal goes on behind it. What an escape sequence stands for is none: <c>"\n\tcall\tf\n"</c>.</summary>
    private static bool TryWord(ReadOnlySpan<byte> literal, ref int at, out Range word)
    {
        while (at < literal.Length)
        {
            if (literal[at] == (byte)'\\')
            {
                at += 2;
                continue;
            }

            var start = at;
            while (at < literal.Length && IsWord(literal[at]))
            {
                at++;
            }

            if (at > start && !char.IsAsciiDigit((char)literal[start]))
            {
                word = start..at;
                return true;
            }

            at += at == start ? 1 : 0;
        }

        word = default;
        return false;
    }

    private static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'$' or >= 0x80;
}
