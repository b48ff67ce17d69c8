using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Recompile.Source.Lexing;

using static IpaAnalysis.Recompile.Source.Lexing.SourceTokenKind;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Reads what a stretch of text that was not understood can concern.</summary>
/// <remarks>
/// The stretch begins where an external declaration does. It ends with one if its last token is a semicolon, or closes the
/// body of a function: of braces that may as well hold the members of a type, more may follow. What is left of a definition with
/// old-style parameters shows as another stretch that begins with a brace.
/// </remarks>
internal ref struct GapWords
{
    private readonly SortedSet<string> _words = new(StringComparer.Ordinal);
    private int _depth;
    private bool _hasTag;
    private bool _isAfterParameters;
    private bool _isBody;
    private bool _isName;
    private bool _isParameters;
    private SourceTokenKind _last;

    public GapWords()
    {
    }

    /// <summary>
    /// The words of whole external declarations, sorted; null when it is not sure that they are whole, that no word is put together
    /// of parts, or that nothing in them tells how other text is read.
    /// </summary>
    /// <param name="text">The stretch.</param>
    public static ImmutableArray<string>? Of(ReadOnlySpan<byte> text)
    {
        // An escape may spell any name, also in a string.
        if (text.IsEmpty || text[0] == (byte)'{' || text.Contains((byte)'\\'))
        {
            return null;
        }

        var words = new GapWords();
        var lexer = new SourceLexer(text, 0);
        while (lexer.Next() is var token && (token.Kind != End || token.Start < token.End))
        {
            if (!words.Add(token.Kind, text[token.Start..token.End]))
            {
                return null;
            }
        }

        var isWhole = words._depth == 0 && (words._last == Semicolon || (words._last == CloseBrace && words._isBody));
        return isWhole ? [.. words._words] : null;
    }

    /// <summary>Adds each longest row of letters that could be a name.</summary>
    public static void AddLetters(ICollection<string> words, ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = 0;
            while (i + length < text.Length && IsWord(text[i + length]))
            {
                length++;
            }

            if (length > 0 && !char.IsAsciiDigit((char)text[i]))
            {
                words.Add(Encoding.UTF8.GetString(text.Slice(i, length)));
            }

            i += Math.Max(1, length);
        }
    }

    /// <summary>Whether a byte may be part of a name of C or of the assembler.</summary>
    public static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'$' or >= 0x80;

    /// <summary>Adds a token, or a directive; false when nothing is sure any more.</summary>
    private bool Add(SourceTokenKind kind, ReadOnlySpan<byte> bytes)
    {
        AddLetters(_words, bytes);
        if (kind == End)
        {
            return true;
        }

        var keyword = kind == Identifier ? Keywords.Of(bytes) : Keyword.Other;

        // Strings side by side are one; names of types tell how later declarations are read.
        if (kind == Broken || (kind == SourceTokenKind.String && _last == kind) || (_depth == 0 && keyword == Keyword.Typedef))
        {
            return false;
        }

        switch (kind)
        {
            case OpenBrace or OpenParenthesis or OpenBracket:
                Open(kind);
                _depth++;
                break;
            case CloseBrace or CloseParenthesis or CloseBracket:
                _depth--;
                _isAfterParameters = _depth == 0 && kind == CloseParenthesis && _isParameters;
                _hasTag &= _depth != 0 || kind != CloseBrace;
                break;
            default:
                _isAfterParameters &= _depth != 0;
                _hasTag = _depth == 0 ? kind != Semicolon && (_hasTag || keyword == Keyword.Tag) : _hasTag;
                break;
        }

        _isName = keyword == Keyword.None;
        _last = kind;
        return _depth >= 0;
    }

    private void Open(SourceTokenKind kind)
    {
        if (_depth != 0)
        {
            return;
        }

        _isParameters = kind == OpenParenthesis && _isName;
        _isBody = kind == OpenBrace && (_isAfterParameters || !_hasTag);
        _isAfterParameters = false;
    }
}
