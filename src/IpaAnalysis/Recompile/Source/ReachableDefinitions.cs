using System.Text;

namespace IpaAnalysis.Recompile.Source;

/// <summary>
/// Finds what of a translation unit the object can hold a trace of: what is mentioned, directly or by way of others, from
/// definitions that the object has. What is mentioned nowhere else was thrown away unseen, and no code can rely on it.
/// </summary>
internal static class ReachableDefinitions
{
    /// <summary>The definitions that can be reached.</summary>
    /// <param name="text">The preprocessed text.</param>
    /// <param name="source">What it defines.</param>
    /// <param name="emitted">Whether the object's symbol table has a name, of a function or of an object.</param>
    public static HashSet<Definition> Find(ReadOnlySpan<byte> text, SourceUnit source, Func<string, bool> emitted)
    {
        var reached = new HashSet<Definition>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Definition>();
        var named = Quoted(text);
        foreach (var definition in source.Definitions)
        {
            // Assembly and attributes name symbols in strings; a nested function is part of the one around it.
            if (emitted(definition.Symbol) || named.Contains(definition.Symbol) || named.Contains(definition.Name) || definition.Enclosing is not null || definition.IsUsed)
            {
                Reach(definition);
            }
        }

        while (open.TryPop(out var definition))
        {
            foreach (var name in source.Mentions(definition))
            {
                foreach (var mentioned in source.Find(name))
                {
                    Reach(mentioned);
                }
            }

            foreach (var symbol in new[] { definition.AliasOf, definition.Resolver }.OfType<string>())
            {
                foreach (var target in source.FindSymbol(symbol))
                {
                    Reach(target);
                }
            }
        }

        return reached;

        void Reach(Definition definition)
        {
            if (reached.Add(definition))
            {
                open.Push(definition);
            }
        }
    }

    /// <summary>The words in string literals that could be names.</summary>
    private static HashSet<string> Quoted(ReadOnlySpan<byte> text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var lexer = new SourceLexer(text, 0);
        while (lexer.Next() is var token && (token.Kind != SourceTokenKind.End || token.Start < token.End))
        {
            if (token.Kind != SourceTokenKind.String)
            {
                continue;
            }

            var literal = text[token.Start..token.End];
            for (var i = 0; i < literal.Length;)
            {
                var length = 0;
                while (i + length < literal.Length && IsWord(literal[i + length]))
                {
                    length++;
                }

                if (length > 0 && !char.IsAsciiDigit((char)literal[i]))
                {
                    words.Add(Encoding.UTF8.GetString(literal.Slice(i, length)));
                }

                i += Math.Max(1, length);
            }
        }

        return words;
    }

    private static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'$' or >= 0x80;
}
