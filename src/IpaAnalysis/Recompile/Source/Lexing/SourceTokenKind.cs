namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>Kinds of tokens; punctuation is its own ASCII code, digraphs that of what they stand for.</summary>
internal enum SourceTokenKind : byte
{
    /// <summary>After the last token.</summary>
    End = 0,
    Identifier,
    Number,
    String,
    Character,

    /// <summary>A literal that does not end, or a byte that begins no token.</summary>
    Broken,

    /// <summary>The operator <c>-&gt;</c>.</summary>
    Arrow,
    Ellipsis,
    OpenParenthesis = (byte)'(',
    CloseParenthesis = (byte)')',
    Star = (byte)'*',
    Comma = (byte)',',
    Dot = (byte)'.',
    Colon = (byte)':',
    Semicolon = (byte)';',
    Equals = (byte)'=',
    OpenBracket = (byte)'[',
    CloseBracket = (byte)']',
    OpenBrace = (byte)'{',
    CloseBrace = (byte)'}',
}
