using System.Buffers;
using System.Buffers.Text;

namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>Cuts preprocessed C into tokens, and puts directives aside.</summary>
/// <remarks>
/// GCC reads preprocessed text without line splicing and trigraphs, and takes a lone carriage return for the end of a
/// line (libcpp, <c>_cpp_clean_line</c>, <c>from_stage3</c>); so does this. It never fails: what begins no token or does not
/// end is a broken token.
/// </remarks>
internal ref struct SourceLexer(ReadOnlySpan<byte> text, int start)
{
    private static readonly SearchValues<byte> s_word = SearchValues.Create(Words());

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = start;
    private bool _lineStart = start == 0;

    /// <summary>The directive that the last call of <see cref="Next"/> met instead of a token: its first byte and the byte after its last.</summary>
    public (int Start, int End) Directive { get; private set; }

    /// <summary>The byte offset after what was read.</summary>
    public readonly int Position => _at;

    /// <summary>Reads the next token, or a directive, for which the token is of the kind <see cref="SourceTokenKind.End"/> and not empty.</summary>
    public SourceToken Next()
    {
        SkipBlanks();
        var start = _at;
        if (start >= _text.Length)
        {
            return new SourceToken(SourceTokenKind.End, _text.Length, _text.Length);
        }

        var c = _text[start];
        if (c == '#' && _lineStart)
        {
            _at = EndOfLine(start);
            Directive = (start, _at);
            return new SourceToken(SourceTokenKind.End, start, _at);
        }

        _lineStart = false;
        var kind = Read(c);
        return new SourceToken(kind, start, _at);
    }

    /// <summary>Reads a linemarker from a directive.</summary>
    public static bool TryReadLinemarker(ReadOnlySpan<byte> text, int start, int end, out SourceLinemarker marker)
    {
        marker = default;
        var at = SkipSpaces(text, start + 1, end);
        if (text[at..end].StartsWith("line"u8))
        {
            at = SkipSpaces(text, at + 4, end);
        }

        if (!Utf8Parser.TryParse(text[at..end], out int line, out var length))
        {
            return false;
        }

        at = SkipSpaces(text, at + length, end);
        var file = at;
        if (at < end && text[at] == '"')
        {
            at = EndOfLiteral(text[..end], at + 1, (byte)'"', out _);
        }

        marker = new SourceLinemarker(AfterLine(text, end), line, file, at);
        return true;
    }

    /// <summary>The offset after the line end that stands at an offset.</summary>
    public static int AfterLine(ReadOnlySpan<byte> text, int at) =>
        at >= text.Length ? at : text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? at + 2 : at + 1;

    private static int SkipSpaces(ReadOnlySpan<byte> text, int at, int end)
    {
        while (at < end && text[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    private static byte[] Words()
    {
        var bytes = new List<byte> { (byte)'_', (byte)'$' };
        for (var b = 0; b < 256; b++)
        {
            if (b >= 0x80 || char.IsAsciiLetterOrDigit((char)b))
            {
                bytes.Add((byte)b);
            }
        }

        return [.. bytes];
    }

    private readonly int EndOfLine(int at)
    {
        var length = _text[at..].IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? _text.Length : at + length;
    }

    private readonly byte Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : (byte)0;

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case (byte)'\n' or (byte)'\r':
                    _lineStart = true;
                    _at++;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\v' or (byte)'\f' or 0:
                    _at++;
                    break;
                case (byte)'\\' when Peek(1) is (byte)'\n' or (byte)'\r':
                    _at++;
                    break;
                case (byte)'/' when Peek(1) == '/':
                    _at = EndOfLine(_at);
                    break;
                case (byte)'/' when Peek(1) == '*':
                    var end = _text[(_at + 2)..].IndexOf("*/"u8);
                    _at = end < 0 ? _text.Length : _at + end + 4;
                    break;
                default:
                    return;
            }
        }
    }

    private SourceTokenKind Read(byte c)
    {
        if (char.IsAsciiDigit((char)c) || (c == '.' && char.IsAsciiDigit((char)Peek(1))))
        {
            return Number();
        }

        if (s_word.Contains(c) || IsUniversalName())
        {
            return Word();
        }

        if (c is (byte)'"' or (byte)'\'')
        {
            return Literal(c);
        }

        var (kind, length) = (c, Peek(1)) switch
        {
            ((byte)'-', (byte)'>') => (SourceTokenKind.Arrow, 2),
            ((byte)'.', (byte)'.') => (SourceTokenKind.Ellipsis, Peek(2) == '.' ? 3 : 2),
            ((byte)'<', (byte)'%') => (SourceTokenKind.OpenBrace, 2),
            ((byte)'%', (byte)'>') => (SourceTokenKind.CloseBrace, 2),
            ((byte)'<', (byte)':') => (SourceTokenKind.OpenBracket, 2),
            ((byte)':', (byte)'>') => (SourceTokenKind.CloseBracket, 2),
            _ => c is > 0x20 and < 0x7f and not (byte)'\\' and not (byte)'@' and not (byte)'`'
                ? ((SourceTokenKind)c, 1)
                : (SourceTokenKind.Broken, 1),
        };
        _at += length;
        return kind;
    }

    private SourceTokenKind Number()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is (byte)'+' or (byte)'-')
            {
                // A sign belongs to a preprocessing number only behind the mark of an exponent.
                if (_text[_at - 1] is not ((byte)'e' or (byte)'E' or (byte)'p' or (byte)'P'))
                {
                    break;
                }
            }
            else if (!(s_word.Contains(c) || (c == '.' && Peek(1) != '.') || (c == '\'' && s_word.Contains(Peek(1)))))
            {
                break;
            }

            _at++;
        }

        return SourceTokenKind.Number;
    }

    private readonly bool IsUniversalName() => Peek(0) == '\\' && Peek(1) is (byte)'u' or (byte)'U' && char.IsAsciiHexDigit((char)Peek(2));

    private SourceTokenKind Word()
    {
        var start = _at;
        while (true)
        {
            var length = _text[_at..].IndexOfAnyExcept(s_word);
            _at = length < 0 ? _text.Length : _at + length;
            if (_at == _text.Length || !IsUniversalName())
            {
                break;
            }

            _at += 2;
        }

        if (_at < _text.Length && _at - start <= 3 && _text[_at] is var quote and ((byte)'"' or (byte)'\''))
        {
            var prefix = _text[start.._at];
            if (prefix.SequenceEqual("L"u8) || prefix.SequenceEqual("u"u8) || prefix.SequenceEqual("U"u8) || prefix.SequenceEqual("u8"u8))
            {
                return Literal(quote);
            }

            // Raw strings are C++, but GNU C has them too.
            if (quote == '"' && prefix[^1] == 'R' && (prefix.Length == 1 || prefix[..^1] is [(byte)'L'] or [(byte)'u'] or [(byte)'U'] or [(byte)'u', (byte)'8']))
            {
                return RawString();
            }
        }

        return SourceTokenKind.Identifier;
    }

    private SourceTokenKind Literal(byte quote)
    {
        _at = EndOfLiteral(_text, _at + 1, quote, out var closed);
        return !closed ? SourceTokenKind.Broken : quote == '"' ? SourceTokenKind.String : SourceTokenKind.Character;
    }

    /// <summary>The offset after a literal's closing quote, or of the end of its line.</summary>
    private static int EndOfLiteral(ReadOnlySpan<byte> text, int at, byte quote, out bool closed)
    {
        closed = false;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is (byte)'\n' or (byte)'\r')
            {
                return at;
            }

            at++;
            if (c == quote)
            {
                closed = true;
                return at;
            }

            if (c == '\\' && at < text.Length && text[at] is not ((byte)'\n' or (byte)'\r'))
            {
                at++;
            }
        }

        return at;
    }

    private SourceTokenKind RawString()
    {
        // The standard allows a delimiter of at most 16 characters.
        var open = _text.Slice(_at + 1, Math.Min(17, _text.Length - _at - 1)).IndexOf((byte)'(');
        if (open < 0)
        {
            return Literal((byte)'"');
        }

        Span<byte> close = stackalloc byte[18];
        close[0] = (byte)')';
        _text.Slice(_at + 1, open).CopyTo(close[1..]);
        close[open + 1] = (byte)'"';
        var body = _at + open + 2;
        var length = _text[body..].IndexOf(close[..(open + 2)]);
        _at = length < 0 ? _text.Length : body + length + open + 2;
        return length < 0 ? SourceTokenKind.Broken : SourceTokenKind.String;
    }
}
