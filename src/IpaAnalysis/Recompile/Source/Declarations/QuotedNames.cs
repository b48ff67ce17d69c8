using System.Text;
using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Finds the names of symbols in the string literals of a text: assembly and attributes have them there.</summary>
internal static class QuotedNames
{
    /// <summary>The words that could be names.</summary>
    public static HashSet<string> Of(ReadOnlySpan<byte> text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var lexer = new SourceLexer(text, 0);
        while (TryLiteral(ref lexer, out var place))
        {
            var literal = text[place];
            for (var at = 0; TryWord(literal, ref at, out var word);)
            {
                words.Add(Encoding.UTF8.GetString(literal[word]));
            }
        }

        return words;
    }

    /// <summary>Whether literals have a label of the name, as assembly defines a function. The colon may be the next literal's: <c>"f" ":\n"</c>.</summary>
    public static bool HasLabel(ReadOnlySpan<byte> text, string name)
    {
        var wanted = Encoding.UTF8.GetBytes(name);
        var lexer = new SourceLexer(text, 0);
        int? endOfName = null;
        while (TryLiteral(ref lexer, out var place))
        {
            var literal = text[place];
            if (endOfName is { } end && literal.StartsWith("\":"u8) && !text[end..place.Start.Value].ContainsAnyExcept(" \t\r\n"u8))
            {
                return true;
            }

            endOfName = null;
            for (var at = 0; TryWord(literal, ref at, out var word);)
            {
                var isName = literal[word].SequenceEqual(wanted);
                if (isName && at < literal.Length && literal[at] == (byte)':')
                {
                    return true;
                }

                endOfName = isName && at == literal.Length - 1 ? place.End.Value : null;
            }
        }

        return false;
    }

    private static bool TryLiteral(ref SourceLexer lexer, out Range place)
    {
        while (lexer.Next() is var token && (token.Kind != SourceTokenKind.End || token.Start < token.End))
        {
            if (token.Kind == SourceTokenKind.String)
            {
                place = token.Start..token.End;
                return true;
            }
        }

        place = default;
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
            while (at < literal.Length && GapWords.IsWord(literal[at]))
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
}
