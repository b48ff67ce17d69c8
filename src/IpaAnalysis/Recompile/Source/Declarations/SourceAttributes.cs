using IpaAnalysis.Recompile.Source.Lexing;

using static IpaAnalysis.Recompile.Source.Lexing.SourceTokenKind;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Reads attributes: <c>__attribute__((…))</c> and <c>[[…]]</c>.</summary>
internal static class SourceAttributes
{
    /// <summary>Whether a standard attribute begins at a token.</summary>
    public static bool IsStandard(SourceTokens tokens, int at) => tokens.Kind(at) == OpenBracket && tokens.Kind(at + 1) == OpenBracket;

    /// <summary>Whether an attribute of GNU C begins at a token.</summary>
    public static bool IsGnu(SourceTokens tokens, int at) => tokens.Kind(at) == Identifier && Keywords.Of(tokens.Bytes(at)) == Keyword.Attribute;

    /// <summary>The index after the attributes that begin at a token, if any do.</summary>
    public static int Skip(SourceTokens tokens, int at)
    {
        while (IsStandard(tokens, at) || IsGnu(tokens, at))
        {
            var outer = IsGnu(tokens, at) ? at + 1 : at;
            at = tokens.Kind(outer) is OpenParenthesis or OpenBracket ? tokens.After(outer) : outer;
        }

        return at;
    }

    /// <summary>Reads the attribute specifier at a token; the index after it.</summary>
    public static int Read(SourceTokens tokens, int at, List<SourceAttribute> attributes)
    {
        // Both have two brackets around their list; the keyword stands before the outer one.
        var outer = tokens.Kind(at) == Identifier ? at + 1 : at;
        if (tokens.Kind(outer) is not (OpenParenthesis or OpenBracket))
        {
            return outer;
        }

        var end = tokens.After(outer);
        if (tokens.Kind(outer + 1) == tokens.Kind(outer))
        {
            ReadList(tokens, outer + 2, Math.Min(tokens.Pair(outer + 1), end), attributes);
        }

        return end;
    }

    private static void ReadList(SourceTokens tokens, int at, int end, List<SourceAttribute> attributes)
    {
        while (at < end)
        {
            if (tokens.Kind(at) != Identifier)
            {
                at++;
                continue;
            }

            var name = SourceNames.Text(tokens.Bytes(at++));
            if (tokens.Kind(at) == Colon && tokens.Kind(at + 1) == Colon)
            {
                // The namespace gnu:: is all that GCC knows in C.
                at += 2;
                continue;
            }

            string? text = null;
            if (tokens.Kind(at) == OpenParenthesis)
            {
                var argument = at + 1;
                text = tokens.Kind(argument) == SourceTokenKind.String ? tokens.Strings(ref argument) : null;
                at = tokens.After(at);
            }

            attributes.Add(new SourceAttribute(Plain(name), text));
        }
    }

    private static string Plain(string name) =>
        name.Length > 4 && name.StartsWith("__", StringComparison.Ordinal) && name.EndsWith("__", StringComparison.Ordinal) ? name[2..^2] : name;
}
