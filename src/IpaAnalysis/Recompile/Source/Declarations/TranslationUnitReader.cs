using IpaAnalysis.Recompile.Source.Lexing;

using static IpaAnalysis.Recompile.Source.Lexing.SourceTokenKind;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Walks over a translation unit: the declarations of file scope, and what bodies declare beyond themselves.</summary>
internal sealed class TranslationUnitReader
{
    private readonly SourceTokens _tokens;
    private readonly SourceNames _names = new();
    private readonly DeclarationReader _declarations;

    public TranslationUnitReader(SourceTokens tokens)
    {
        _tokens = tokens;
        _declarations = new DeclarationReader(tokens, _names);
    }

    public SourceNames Names => _names;

    /// <summary>Nested functions, each an entity of its own.</summary>
    public List<(SourceName Name, SourceEntity Entity)> Nested { get; } = [];

    public List<(int Start, int End, string Reason)> Gaps { get; } = [];

    public void Read()
    {
        for (var at = 0; at < _tokens.Count;)
        {
            at = ExternalDeclaration(at);
        }

        if (_tokens.FirstBroken is >= 0 and var broken)
        {
            var token = _tokens[broken];
            AddGap(token.Start, token.End, token.Kind == Broken ? "a literal that does not end, or a byte that C does not know" : "a bracket without its counterpart");
        }
    }

    private int ExternalDeclaration(int at)
    {
        if (_tokens.Kind(at) == Semicolon)
        {
            return at + 1;
        }

        if (_tokens.Kind(at) == Identifier && Keywords.Of(_tokens.Bytes(at)) is Keyword.Asm or Keyword.StaticAssert)
        {
            return Assembly(at);
        }

        var declaration = _declarations.Read(at);
        if (declaration.Failure is { } failure)
        {
            return Skip(at, declaration.Next, failure);
        }

        foreach (var declarator in declaration.Declarators)
        {
            Declare(declaration, declarator);
        }

        if (declaration.Body >= 0)
        {
            WalkBody(declaration.Body, declaration.Declarators[0].Name.Text);
        }

        return declaration.Next;
    }

    /// <summary>Skips <c>asm("…");</c> and <c>_Static_assert(…);</c>.</summary>
    private int Assembly(int start)
    {
        var at = start + 1;
        while (_tokens.Kind(at) == Identifier)
        {
            at++;
        }

        at = _tokens.Kind(at) == OpenParenthesis ? _tokens.After(at) : at;
        return _tokens.Kind(at) == Semicolon ? at + 1 : Skip(start, at, "a semicolon was expected");
    }

    /// <summary>Goes on behind the next semicolon or closing brace, and tells what is left out.</summary>
    private int Skip(int start, int at, string reason)
    {
        at = Math.Max(at, start);
        while (at < _tokens.Count)
        {
            var kind = _tokens.Kind(at);
            var isBrace = kind == OpenBrace;
            at = isBrace || kind is OpenParenthesis or OpenBracket ? Math.Max(_tokens.After(at), at + 1) : at + 1;
            if (isBrace || kind is Semicolon or CloseBrace)
            {
                break;
            }
        }

        AddGap(_tokens[start].Start, _tokens[Math.Min(at, _tokens.Count) - 1].End, reason);
        return at;
    }

    private void AddGap(int start, int end, string reason)
    {
        // What follows a gap directly is one gap with it, however much cannot be understood.
        if (Gaps.Count > 0 && Gaps[^1] is var last && last.Start <= start && _tokens.Text[Math.Min(last.End, start)..start].IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            Gaps[^1] = (last.Start, Math.Max(end, last.End), last.Reason);
        }
        else
        {
            Gaps.Add((start, end, reason));
        }
    }

    private void Declare(SourceDeclaration declaration, SourceDeclarator declarator)
    {
        var name = declarator.Name;
        if (declaration.IsTypedef)
        {
            name.IsType = true;
            name.IsFunctionType = SourceEntity.IsFunctionDeclarator(declaration, declarator);
            return;
        }

        var entity = name.Entity ??= new SourceEntity();
        entity.Add(declaration, declarator);
        entity.Add(Candidate(declaration, declarator, null));
    }

    private SourceCandidate Candidate(SourceDeclaration declaration, SourceDeclarator declarator, string? enclosing)
    {
        var kind = declaration.Body >= 0 ? SourceCandidateKind.Body
            : declarator.Initializer.End != 0 ? SourceCandidateKind.Initialized
            : declaration.IsExtern || declaration.IsRegister || declarator.IsFunction ? SourceCandidateKind.Declaration
            : SourceCandidateKind.Tentative;
        var tail = _tokens[declarator.Tail - 1].End;
        var (start, end) = kind switch
        {
            SourceCandidateKind.Body => (_tokens[declaration.Body].Start, _tokens[declaration.Next - 1].End),
            SourceCandidateKind.Initialized when declarator.Initializer.End > declarator.Initializer.Start
                => (_tokens[declarator.Initializer.Start].Start, _tokens[declarator.Initializer.End - 1].End),
            _ => (tail, tail),
        };
        return new SourceCandidate
        {
            Kind = kind,
            NameOffset = _tokens[declarator.NameToken].Start,
            AttributeOffset = kind == SourceCandidateKind.Body ? _tokens[declarator.Head].Start : tail,
            BodyStart = start,
            BodyEnd = end,
            IsExtern = declaration.IsExtern,
            IsInline = declaration.IsInline,
            Enclosing = enclosing,
        };
    }

    /// <summary>Finds nested functions and the declarations of other functions and variables in a body.</summary>
    private void WalkBody(int open, string function)
    {
        var close = _tokens.Pair(open);
        var enclosing = new Stack<(int End, string Name)>();
        for (var at = open + 1; at < close; at++)
        {
            while (enclosing.TryPeek(out var top) && top.End <= at)
            {
                enclosing.Pop();
            }

            if (_tokens.Kind(at - 1) is not (OpenBrace or CloseBrace or Semicolon or Colon) || !BeginsDeclaration(at))
            {
                continue;
            }

            var declaration = _declarations.Read(at);
            if (declaration.Failure is not null)
            {
                continue;
            }

            if (declaration.Body >= 0)
            {
                var declarator = declaration.Declarators[0];
                var entity = new SourceEntity();
                entity.Add(declaration, declarator);
                entity.Add(Candidate(declaration, declarator, enclosing.TryPeek(out var inner) ? inner.Name : function));
                Nested.Add((declarator.Name, entity));
                enclosing.Push((declaration.Next, declarator.Name.Text));
            }
            else if (declaration.IsExtern && !declaration.IsTypedef)
            {
                foreach (var declarator in declaration.Declarators)
                {
                    (declarator.Name.Entity ??= new SourceEntity()).Add(declaration, declarator);
                }
            }
        }
    }

    private bool BeginsDeclaration(int at)
    {
        if (_tokens.Kind(at) != Identifier)
        {
            return SourceAttributes.IsStandard(_tokens, at);
        }

        var name = _names.Get(_tokens.Bytes(at));
        return name.IsType || name.Keyword is > Keyword.None and < Keyword.Asm;
    }
}
