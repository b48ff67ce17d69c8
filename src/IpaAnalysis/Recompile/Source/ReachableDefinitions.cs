using IpaAnalysis.Recompile.Source.Declarations;

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
        var named = QuotedNames.Of(text);
        foreach (var gap in source.Gaps)
        {
            // What was not understood may be in the object, and reaches all that it mentions.
            GapWords.AddLetters(named, text[gap.Start..gap.End]);
        }

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
}
