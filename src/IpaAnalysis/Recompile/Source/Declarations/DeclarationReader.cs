using IpaAnalysis.Recompile.Source.Lexing;

using static IpaAnalysis.Recompile.Source.Lexing.SourceTokenKind;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Reads declarations and function definitions without looking into brackets, so that its work is that of the tokens between them.</summary>
internal sealed class DeclarationReader(SourceTokens tokens, SourceNames names)
{
    private readonly SpecifierReader _specifiers = new(tokens, names);
    private readonly DeclaratorReader _declarators = new(tokens, names);

    /// <summary>Reads the declaration at a token. If it fails, <see cref="SourceDeclaration.Next"/> is the token that shows so.</summary>
    public SourceDeclaration Read(int at)
    {
        var declaration = new SourceDeclaration();
        var head = _specifiers.Read(ref at, declaration);
        if (tokens.Kind(at) == Semicolon)
        {
            declaration.Next = at + 1;
            return declaration;
        }

        while (true)
        {
            if (_declarators.Read(ref at, head) is not { } declarator)
            {
                return Fail(declaration, at, "a declarator was expected");
            }

            declaration.Declarators.Add(declarator);
            if (tokens.Kind(at) == SourceTokenKind.Equals && !Initializer(ref at, declarator))
            {
                return Fail(declaration, at, "the initializer does not end");
            }

            switch (tokens.Kind(at))
            {
                case Comma:
                    at++;
                    head = at;
                    break;
                case Semicolon:
                    declaration.Next = at + 1;
                    return declaration;
                default:
                    return Body(declaration, at, declarator);
            }
        }
    }

    private static SourceDeclaration Fail(SourceDeclaration declaration, int at, string failure)
    {
        declaration.Failure = failure;
        declaration.Next = at;
        return declaration;
    }

    private bool Initializer(ref int at, SourceDeclarator declarator)
    {
        var start = ++at;
        while (true)
        {
            switch (tokens.Kind(at))
            {
                case Comma or Semicolon:
                    declarator.Initializer = (start, at);
                    return true;
                case OpenParenthesis or OpenBracket or OpenBrace:
                    at = tokens.After(at);
                    break;
                case CloseParenthesis or CloseBracket or CloseBrace or End:
                    return false;
                default:
                    at++;
                    break;
            }
        }
    }

    private SourceDeclaration Body(SourceDeclaration declaration, int at, SourceDeclarator declarator)
    {
        if (declaration.Declarators.Count != 1 || !declarator.IsFunction || declarator.Initializer.End != 0 || declaration.IsTypedef)
        {
            return Fail(declaration, at, "a comma, a semicolon or an initializer was expected");
        }

        if (tokens.Kind(at) != OpenBrace)
        {
            OldStyleParameters(ref at, declarator.Parameters);
        }

        if (tokens.Kind(at) != OpenBrace)
        {
            return Fail(declaration, at, "a semicolon or the body of a function was expected");
        }

        if (!tokens.IsClosed(at))
        {
            return Fail(declaration, at, "the body of a function does not end");
        }

        declaration.Body = at;
        declaration.Next = tokens.Pair(at) + 1;
        return declaration;
    }

    /// <summary>Skips the declarations of parameters between an identifier list and the body (K&amp;R C); there are no more than identifiers.</summary>
    private void OldStyleParameters(ref int at, int open)
    {
        var close = tokens.Pair(open);
        var count = 0;
        for (var i = open + 1; i < close; i += 2, count++)
        {
            if (tokens.Kind(i) != Identifier || Keywords.Of(tokens.Bytes(i)) != Keyword.None || (i + 1 < close && tokens.Kind(i + 1) != Comma))
            {
                return;
            }
        }

        for (; count > 0 && tokens.Kind(at) == Identifier; count--)
        {
            var start = at;
            var head = _specifiers.Read(ref at, new SourceDeclaration());
            while (at > start && _declarators.Read(ref at, head) is not null && tokens.Kind(at) == Comma)
            {
                at++;
                head = at;
            }

            if (tokens.Kind(at) != Semicolon)
            {
                return;
            }

            at++;
        }
    }
}
