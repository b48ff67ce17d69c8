using IpaAnalysis.Recompile.Source.Lexing;

using static IpaAnalysis.Recompile.Source.Lexing.SourceTokenKind;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>Reads declaration specifiers.</summary>
internal sealed class SpecifierReader(SourceTokens tokens, SourceNames names)
{
    private const string Constexpr = "constexpr";

    /// <summary>Reads the specifiers at a token.</summary>
    /// <param name="at">The first token; then the token after the specifiers.</param>
    /// <param name="declaration">Receives what they say.</param>
    /// <returns>The token before which an attribute may be put: behind a standard attribute GCC takes none,
    /// and behind the members of a structure it gives them to the type.</returns>
    public int Read(ref int at, SourceDeclaration declaration)
    {
        var start = at;
        var head = at;
        var hasType = false;
        var ofType = false;
        while (true)
        {
            if (SourceAttributes.IsStandard(tokens, at))
            {
                var isFirst = at == start;
                at = SourceAttributes.Read(tokens, at, declaration.Attributes);
                head = isFirst ? at : head;
                continue;
            }

            if (tokens.Kind(at) != Identifier)
            {
                break;
            }

            var name = names.Get(tokens.Bytes(at));
            var next = name.Keyword == Keyword.None ? TypeName(at, name, ref hasType, declaration) : Specifier(at, name.Keyword, ref hasType, declaration);
            if (next == at)
            {
                break;
            }

            // Attributes behind the members of a structure are the type's, not the declarator's.
            ofType = name.Keyword == Keyword.Tag ? tokens.Kind(next - 1) == CloseBrace : ofType && name.Keyword == Keyword.Attribute;
            head = !ofType ? next : name.Keyword == Keyword.Tag ? at : head;
            at = next;
        }

        return Math.Min(head, at);
    }

    private int Specifier(int at, Keyword keyword, ref bool hasType, SourceDeclaration declaration)
    {
        switch (keyword)
        {
            case Keyword.Static:
                declaration.IsStatic = true;
                return at + 1;
            case Keyword.Extern:
                declaration.IsExtern = true;
                return at + 1;
            case Keyword.Typedef:
                declaration.IsTypedef = true;
                return at + 1;
            case Keyword.Inline:
                declaration.IsInline = true;
                return at + 1;
            case Keyword.Register:
                declaration.IsRegister = true;
                return at + 1;
            case Keyword.Storage or Keyword.Extension or Keyword.Qualifier:
                return at + 1;
            case Keyword.Atomic when tokens.Kind(at + 1) != OpenParenthesis:
                return at + 1;
            case Keyword.Type:
                hasType = true;
                return at + 1;
            case Keyword.Atomic or Keyword.TypeWithArgument when tokens.Kind(at + 1) == OpenParenthesis:
                hasType = true;
                return tokens.After(at + 1);
            case Keyword.Typeof when tokens.Kind(at + 1) == OpenParenthesis:
                hasType = true;
                if (tokens.Kind(at + 2) == Identifier && tokens.Pair(at + 1) == at + 3)
                {
                    declaration.TypeName = names.Get(tokens.Bytes(at + 2));
                }

                return tokens.After(at + 1);
            case Keyword.Alignas when tokens.Kind(at + 1) == OpenParenthesis:
                return tokens.After(at + 1);
            case Keyword.Attribute:
                return SourceAttributes.Read(tokens, at, declaration.Attributes);
            case Keyword.Tag:
                hasType = true;
                return Tag(at + 1);
            default:
                return at;
        }
    }

    private int Tag(int at)
    {
        var attributes = new List<SourceAttribute>();
        while (true)
        {
            if (SourceAttributes.IsStandard(tokens, at))
            {
                at = SourceAttributes.Read(tokens, at, attributes);
            }
            else if (tokens.Kind(at) == Identifier && Keywords.Of(tokens.Bytes(at)) == Keyword.Attribute)
            {
                at = SourceAttributes.Read(tokens, at, attributes);
            }
            else
            {
                break;
            }
        }

        if (tokens.Kind(at) == Identifier)
        {
            at++;
        }

        at = tokens.Kind(at) == Colon ? UnderlyingType(at + 1) : at;
        return tokens.Kind(at) == OpenBrace ? tokens.After(at) : at;
    }

    /// <summary>Skips the type under an enumeration (C23), which is built of type specifiers and qualifiers only.</summary>
    private int UnderlyingType(int at)
    {
        var hasType = false;
        while (true)
        {
            var keyword = tokens.Kind(at) == Identifier ? Keywords.Of(tokens.Bytes(at)) : Keyword.Other;
            if (keyword is Keyword.Typeof or Keyword.TypeWithArgument or Keyword.Atomic && tokens.Kind(at + 1) == OpenParenthesis)
            {
                (at, hasType) = (tokens.After(at + 1), true);
            }
            else if (keyword is Keyword.Type or Keyword.Qualifier or Keyword.Atomic || (keyword == Keyword.None && !hasType))
            {
                hasType |= keyword is Keyword.Type or Keyword.None;
                at++;
            }
            else
            {
                // Attributes of the type stand before the list; others are those of what is declared.
                var next = SourceAttributes.Skip(tokens, at);
                return tokens.Kind(next) == OpenBrace ? next : at;
            }
        }
    }

    /// <summary>
    /// Whether a name that is no keyword is a type here, a qualifier such as an address space of another target, or a word that
    /// C23 reserves; otherwise it is the declarator's.
    /// </summary>
    private int TypeName(int at, SourceName name, ref bool hasType, SourceDeclaration declaration)
    {
        if (!name.IsType && IsNewStorage(name, at))
        {
            // An object of file scope that is a constant has internal linkage (C23, 6.2.2).
            declaration.IsStatic |= name.Text == Constexpr;
            return at + 1;
        }

        if (hasType)
        {
            // Behind a type only a name stands before a name.
            return IsBeforeName(at + 1) ? at + 1 : at;
        }

        if (name.IsType || LooksLikeType(at + 1))
        {
            hasType = true;
            declaration.TypeName = name;
            return at + 1;
        }

        return at;
    }

    /// <summary>Whether a name is a storage class of C23, which a program of an older standard may use as a name: a declaration follows it.</summary>
    private bool IsNewStorage(SourceName name, int at)
    {
        if (name.Text is not (Constexpr or "thread_local"))
        {
            return false;
        }

        var next = SourceAttributes.Skip(tokens, at + 1);
        return tokens.Kind(next) == Identifier && Keywords.Of(tokens.Bytes(next)) is not (Keyword.Asm or Keyword.Other);
    }

    /// <summary>Whether a declarator goes on at a token, with or without attributes in front of it.</summary>
    private bool IsBeforeName(int next)
    {
        var at = SourceAttributes.Skip(tokens, next);
        return tokens.Kind(at) == Star
            || (tokens.Kind(at) == Identifier && Keywords.Of(tokens.Bytes(at)) != Keyword.Asm)
            || (tokens.Kind(at) == OpenParenthesis && SourceAttributes.IsGnu(tokens, next));
    }

    private bool LooksLikeType(int at)
    {
        at = SourceAttributes.Skip(tokens, at);
        if (tokens.Kind(at) != OpenParenthesis)
        {
            return IsBeforeName(at);
        }

        // "type (*name)…" and "type (name)(…)"; "name(parameters)" without a type returns int.
        return tokens.Kind(SourceAttributes.Skip(tokens, at + 1)) == Star || tokens.Kind(tokens.After(at)) == OpenParenthesis;
    }
}
