using System.Runtime.InteropServices;
using System.Text;

namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>All tokens of a translation unit, with the bracket that belongs to each bracket.</summary>
internal sealed class SourceTokens
{
    private readonly ReadOnlyMemory<byte> _text;
    private readonly List<SourceToken> _tokens;
    private readonly int[] _pairs;

    private SourceTokens(ReadOnlyMemory<byte> text, List<SourceToken> tokens, List<SourceLinemarker> markers, List<(int, int)> pragmas)
    {
        _text = text;
        _tokens = tokens;
        Linemarkers = markers;
        Pragmas = pragmas;
        _pairs = Pair(CollectionsMarshal.AsSpan(tokens), out var firstBroken);
        FirstBroken = firstBroken;
    }

    public ReadOnlySpan<byte> Text => _text.Span;

    /// <summary>How many tokens there are, without the end.</summary>
    public int Count => _tokens.Count - 1;

    public List<SourceLinemarker> Linemarkers { get; }

    public List<(int Start, int End)> Pragmas { get; }

    /// <summary>The first token that is broken or a bracket without its counterpart, or -1.</summary>
    public int FirstBroken { get; }

    /// <summary>A token; behind the last there are only ends.</summary>
    public SourceToken this[int index] => _tokens[Math.Min(index, _tokens.Count - 1)];

    public static SourceTokens Read(ReadOnlyMemory<byte> text)
    {
        var span = text.Span;
        var tokens = new List<SourceToken>(span.Length / 6);
        var markers = new List<SourceLinemarker>();
        var pragmas = new List<(int, int)>();
        var lexer = new SourceLexer(span, 0);
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind != SourceTokenKind.End)
            {
                tokens.Add(token);
                if (token.Kind == SourceTokenKind.CloseParenthesis)
                {
                    DropPragmaOperator(span, tokens);
                }
            }
            else if (token.Start == token.End)
            {
                tokens.Add(token);
                return new SourceTokens(text, tokens, markers, pragmas);
            }
            else if (SourceLexer.TryReadLinemarker(span, token.Start, token.End, out var marker))
            {
                markers.Add(marker);
            }
            else if (span[token.Start..token.End].StartsWith("#pragma "u8))
            {
                pragmas.Add((token.Start, token.End));
            }
        }
    }

    public SourceTokenKind Kind(int index) => this[index].Kind;

    public ReadOnlySpan<byte> Bytes(int index)
    {
        var token = this[index];
        return Text[token.Start..token.End];
    }

    /// <summary>
    /// For an opening bracket the index of its counterpart, or, if it has none, of the token that shows so.
    /// Always greater than <paramref name="index"/>.
    /// </summary>
    public int Pair(int index) => index < _pairs.Length ? _pairs[index] : index + 1;

    /// <summary>The index after a bracket's counterpart; the index of the token that shows that it has none.</summary>
    public int After(int index) => IsClosed(index) ? Pair(index) + 1 : Pair(index);

    /// <summary>Whether an opening bracket has its counterpart.</summary>
    public bool IsClosed(int index) => Kind(Pair(index)) == Counterpart(Kind(index));

    /// <summary>The value of the string literals from an index on, which C joins; their end.</summary>
    public string Strings(ref int index)
    {
        var value = new StringBuilder();
        for (; Kind(index) == SourceTokenKind.String; index++)
        {
            var literal = Encoding.UTF8.GetString(Bytes(index));
            value.Append(literal.AsSpan(literal.IndexOf('"', StringComparison.Ordinal)).Trim('"'));
        }

        return value.Replace("\\\\", "\\").ToString();
    }

    private static SourceTokenKind Counterpart(SourceTokenKind open) => open switch
    {
        SourceTokenKind.OpenParenthesis => SourceTokenKind.CloseParenthesis,
        SourceTokenKind.OpenBracket => SourceTokenKind.CloseBracket,
        SourceTokenKind.OpenBrace => SourceTokenKind.CloseBrace,
        _ => SourceTokenKind.Broken,
    };

    /// <summary>Removes <c>_Pragma("…")</c>, which may stand between any two tokens.</summary>
    private static void DropPragmaOperator(ReadOnlySpan<byte> text, List<SourceToken> tokens)
    {
        if (tokens.Count >= 4 && tokens[^2].Kind == SourceTokenKind.String && tokens[^3].Kind == SourceTokenKind.OpenParenthesis
            && tokens[^4] is { Kind: SourceTokenKind.Identifier } word && text[word.Start..word.End].SequenceEqual("_Pragma"u8))
        {
            tokens.RemoveRange(tokens.Count - 4, 4);
        }
    }

    private static int[] Pair(ReadOnlySpan<SourceToken> tokens, out int firstBroken)
    {
        var pairs = new int[tokens.Length];
        var open = new Stack<int>();
        firstBroken = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            var kind = tokens[i].Kind;
            var broken = kind == SourceTokenKind.Broken;
            if (kind is SourceTokenKind.OpenParenthesis or SourceTokenKind.OpenBracket or SourceTokenKind.OpenBrace)
            {
                open.Push(i);
            }
            else if (kind is SourceTokenKind.CloseParenthesis or SourceTokenKind.CloseBracket or SourceTokenKind.CloseBrace or SourceTokenKind.End)
            {
                // A brace closes what is open inside of it; other brackets never close a brace.
                while (open.TryPeek(out var top) && Counterpart(tokens[top].Kind) != kind
                    && (kind == SourceTokenKind.End || (kind == SourceTokenKind.CloseBrace && tokens[top].Kind != SourceTokenKind.OpenBrace)))
                {
                    broken = true;
                    pairs[open.Pop()] = i;
                }

                if (open.TryPeek(out var counterpart) && Counterpart(tokens[counterpart].Kind) == kind)
                {
                    pairs[open.Pop()] = i;
                }
                else
                {
                    broken |= kind != SourceTokenKind.End;
                }
            }

            if (broken && firstBroken < 0)
            {
                firstBroken = i;
            }
        }

        return pairs;
    }
}
