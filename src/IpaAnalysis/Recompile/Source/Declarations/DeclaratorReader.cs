using IpaAnalysis.Recompile.Source.Lexing;

using static IpaAnalysis.Recompile.Source.Lexing.SourceTokenKind;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Reads declarators, with the assembler name and the attributes behind them.</summary>
internal sealed class DeclaratorReader(SourceTokens tokens, SourceNames names)
{
    private enum Derivation
    {
        None,
        Pointer,
        Array,
        Function,
    }

    /// <summary>Reads the declarator at a token; null if there is none, and then the token that shows so.</summary>
    /// <param name="at">The first token; then the token after the declarator.</param>
    /// <param name="head">The token before which an attribute may be put if the name follows directly.</param>
    public SourceDeclarator? Read(ref int at, int head)
    {
        var attributes = new List<SourceAttribute>();
        var levels = new Stack<(int Close, bool IsPointer)>();
        var pointer = false;
        while (true)
        {
            var kind = tokens.Kind(at);
            if (SourceAttributes.IsStandard(tokens, at))
            {
                at = SourceAttributes.Read(tokens, at, attributes);
                head = at;
                continue;
            }

            if (kind == OpenParenthesis)
            {
                levels.Push((tokens.Pair(at), pointer));
                pointer = false;
            }
            else if (kind == Star)
            {
                pointer = true;
            }
            else if (kind != Identifier)
            {
                return null;
            }
            else if (Keywords.Of(tokens.Bytes(at)) is var keyword && keyword == Keyword.Attribute)
            {
                at = SourceAttributes.Read(tokens, at, attributes);
                head = at;
                continue;
            }
            else if (keyword is not (Keyword.Qualifier or Keyword.Atomic or Keyword.Extension))
            {
                if (keyword != Keyword.None)
                {
                    return null;
                }

                // A name before the name is a qualifier, as an address space of a target that is not known.
                if (!IsQualifier(at + 1))
                {
                    break;
                }
            }

            at++;
            head = at;
        }

        var declarator = new SourceDeclarator { NameToken = at, Name = names.Get(tokens.Bytes(at)), Head = head };
        declarator.Attributes.AddRange(attributes);
        at++;
        if (!Suffixes(ref at, levels, pointer, declarator))
        {
            return null;
        }

        Tail(ref at, declarator);
        return declarator;
    }

    /// <summary>Whether what follows a name shows that it is a qualifier: the rest of a declarator, with or without attributes in front.</summary>
    private bool IsQualifier(int next)
    {
        var at = SourceAttributes.Skip(tokens, next);
        return tokens.Kind(at) switch
        {
            Star => true,
            Identifier => Keywords.Of(tokens.Bytes(at)) is Keyword.None or Keyword.Qualifier or Keyword.Atomic,
            // Behind a name a standard attribute may stand, and then its parameters; one of GNU C may not.
            OpenParenthesis => SourceAttributes.IsGnu(tokens, next),
            _ => false,
        };
    }

    private bool Suffixes(ref int at, Stack<(int Close, bool IsPointer)> levels, bool pointer, SourceDeclarator declarator)
    {
        var first = Derivation.None;
        while (true)
        {
            switch (tokens.Kind(at))
            {
                case OpenBracket when SourceAttributes.IsStandard(tokens, at):
                    at = SourceAttributes.Read(tokens, at, declarator.Attributes);
                    break;
                case OpenBracket:
                    first = first == Derivation.None ? Derivation.Array : first;
                    at = tokens.After(at);
                    break;
                case OpenParenthesis:
                    if (first == Derivation.None)
                    {
                        first = Derivation.Function;
                        declarator.Parameters = at;
                    }

                    at = tokens.After(at);
                    break;
                case CloseParenthesis when levels.TryPeek(out var level) && level.Close == at:
                    levels.Pop();
                    first = first == Derivation.None && pointer ? Derivation.Pointer : first;
                    pointer = level.IsPointer;
                    at++;
                    break;
                default:
                    declarator.IsFunction = first == Derivation.Function;
                    declarator.IsPlain = first == Derivation.None && !pointer;
                    return levels.Count == 0;
            }
        }
    }

    private void Tail(ref int at, SourceDeclarator declarator)
    {
        declarator.Tail = at;
        while (tokens.Kind(at) == Identifier)
        {
            switch (Keywords.Of(tokens.Bytes(at)))
            {
                case Keyword.Attribute:
                    at = SourceAttributes.Read(tokens, at, declarator.Attributes);
                    break;
                case Keyword.Asm when tokens.Kind(at + 1) == OpenParenthesis && tokens.Kind(at + 2) == SourceTokenKind.String:
                    var text = at + 2;
                    declarator.AssemblerName = tokens.Strings(ref text);
                    at = tokens.After(at + 1);
                    declarator.Tail = at;
                    break;
                default:
                    return;
            }
        }
    }
}
