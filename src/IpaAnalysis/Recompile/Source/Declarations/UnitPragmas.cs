using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Reads the pragmas that change what a name defines; see GCC, Weak Pragmas and Symbol-Renaming Pragmas.</summary>
internal static class UnitPragmas
{
    public static void Read(TranslationUnitReader unit, SourceTokens tokens)
    {
        foreach (var (start, end) in tokens.Pragmas)
        {
            var lexer = new SourceLexer(tokens.Text[..end], start + "#pragma "u8.Length);
            var kind = Word(tokens, lexer.Next());
            if (kind.SequenceEqual("weak"u8))
            {
                Weak(unit, tokens, ref lexer, start, end);
            }
            else if (kind.SequenceEqual("redefine_extname"u8))
            {
                var entity = Entity(unit, tokens, lexer.Next());
                var symbol = lexer.Next();
                if (entity is not null && symbol.Kind == SourceTokenKind.Identifier)
                {
                    entity.AssemblerName ??= SourceNames.Text(Word(tokens, symbol));
                }
            }
        }
    }

    private static void Weak(TranslationUnitReader unit, SourceTokens tokens, ref SourceLexer lexer, int start, int end)
    {
        var entity = Entity(unit, tokens, lexer.Next());
        var isAlias = lexer.Next().Kind == SourceTokenKind.Equals;
        entity?.Add("weak");
        if (!isAlias)
        {
            return;
        }

        if (entity?.Candidates is null)
        {
            unit.Gaps.Add((start, end, "an alias of a name that is not declared"));
        }
        else if (lexer.Next() is { Kind: SourceTokenKind.Identifier } target)
        {
            entity.AliasOf ??= SourceNames.Text(Word(tokens, target));
        }
    }

    private static ReadOnlySpan<byte> Word(SourceTokens tokens, SourceToken token) =>
        token.Kind == SourceTokenKind.Identifier ? tokens.Text[token.Start..token.End] : default;

    private static SourceEntity? Entity(TranslationUnitReader unit, SourceTokens tokens, SourceToken token) =>
        token.Kind == SourceTokenKind.Identifier ? unit.Names.Get(Word(tokens, token)).Entity : null;
}
