using IpaAnalysis.Recompile.Source.Declarations;
using IpaAnalysis.Recompile.Source.Lexing;

namespace IpaAnalysis.Recompile.Source;

/// <summary>Collects the identifiers of a stretch of text that may name functions or variables.</summary>
internal static class SourceMentions
{
    public static IReadOnlySet<string> Of(ReadOnlySpan<byte> text, int start)
    {
        var names = new HashSet<string>(Utf8NameComparer.Instance);
        var lookup = names.GetAlternateLookup<ReadOnlySpan<byte>>();

        // The text begins with the definition's own name, which counts only if it comes again.
        var lexer = new SourceLexer(text, start);
        lexer.Next();
        var isName = true;
        while (lexer.Next() is var token && (token.Kind != SourceTokenKind.End || token.Start < token.End))
        {
            var word = text[token.Start..token.End];
            if (token.Kind == SourceTokenKind.Identifier && Keywords.Of(word) is var keyword && keyword != Keyword.None)
            {
                isName = keyword is not (Keyword.Tag or Keyword.Goto);
            }
            else if (token.Kind == SourceTokenKind.Identifier && isName && !lookup.Contains(word))
            {
                names.Add(SourceNames.Text(word));
            }
            else if (token.Kind != SourceTokenKind.End)
            {
                isName = token.Kind is not (SourceTokenKind.Dot or SourceTokenKind.Arrow);
            }
        }

        return names;
    }
}
