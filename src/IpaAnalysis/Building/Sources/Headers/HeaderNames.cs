using System.Buffers;
using System.Text;

namespace IpaAnalysis.Building.Sources.Headers;

/// <summary>Every header that a text names, whether its condition holds or not, also in comments: a name too many costs a look only.</summary>
/// <param name="Names">The names, distinct, in order.</param>
/// <param name="HasUnreadable">Whether a name is known to the preprocessor only: <c>#include MACRO</c>, <c>__has_include(MACRO)</c>.</param>
internal sealed record HeaderNames(IReadOnlyList<HeaderName> Names, bool HasUnreadable)
{
    private static readonly SearchValues<string> Words = SearchValues.Create(["include", "import", "embed"], StringComparison.Ordinal);

    /// <summary>Reads a source or header.</summary>
    public static HeaderNames Parse(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes).Replace("\\\r\n", "", StringComparison.Ordinal).Replace("\\\n", "", StringComparison.Ordinal);
        var names = new List<HeaderName>();
        var seen = new HashSet<HeaderName>();
        var hasUnreadable = false;
        for (var at = 0; text.AsSpan(at).IndexOfAny(Words) is >= 0 and var found;)
        {
            var start = at + found;
            while (start > 0 && IsWordCharacter(text[start - 1]))
            {
                start--;
            }

            var end = at + found;
            while (end < text.Length && IsWordCharacter(text[end]))
            {
                end++;
            }

            at = end;
            var word = text.AsSpan(start, end - start);
            var isQuestion = word is "__has_include" or "__has_include_next" or "__has_embed";
            if (!isQuestion && word is not ("include" or "include_next" or "import" or "embed"))
            {
                continue;
            }

            var next = SkipBlanks(text, end);
            if (isQuestion && next < text.Length && text[next] == '(')
            {
                next = SkipBlanks(text, next + 1);
            }
            else if (isQuestion)
            {
                // `#ifdef __has_include` asks for nothing.
                continue;
            }

            if (NameAt(text, next) is { } name)
            {
                var header = new HeaderName(name, text[next] == '"', word.EndsWith("_next", StringComparison.Ordinal));
                if (seen.Add(header))
                {
                    names.Add(header);
                }
            }
            else
            {
                hasUnreadable |= isQuestion ? !IsDefinition(text, start) : IsDirective(text, start);
            }
        }

        return new HeaderNames(names, hasUnreadable);
    }

    private static string? NameAt(string text, int at)
    {
        if (at >= text.Length || text[at] is not ('"' or '<'))
        {
            return null;
        }

        var end = text.AsSpan(at + 1).IndexOfAny(text[at] == '"' ? '"' : '>', '\n');
        return end > 0 && text[at + 1 + end] != '\n' ? text.Substring(at + 1, end) : null;
    }

    /// <summary>Blanks and comments.</summary>
    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\f' or '\v')
            {
                at++;
            }
            else if (text.AsSpan(at).StartsWith("/*") && text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var close)
            {
                at = close + 2;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>After <c>#</c>, also after <c>%:</c> or a comment that may follow one.</summary>
    private static bool IsDirective(string text, int start) => text.AsSpan(0, start).TrimEnd(" \t") is [.., '#' or ':' or '/'];

    private static bool IsDefinition(string text, int start) => text.AsSpan(0, start).TrimEnd(" \t").EndsWith("define");

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
