using System.Collections.Immutable;
using System.Text;

namespace IpaAnalysis.CommandLines;

/// <summary>
/// Splits command text into commands and words as <c>make</c> and then <c>sh</c> would, without running or expanding anything:
/// variables, substitutions and patterns stay as they are written.
/// </summary>
internal static class ShellWords
{
    /// <summary>Undoes what kbuild's <c>make-cmd</c> did: <c>$$</c> is <c>$</c>, <c>\#</c> and <c>$(pound)</c> are <c>#</c>.</summary>
    /// <param name="text">The right side of a Make assignment, one line. An unescaped <c>#</c> starts a comment.</param>
    public static string UnescapeMake(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAny('$', '#') < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text.AsSpan(i);
            if (rest.StartsWith("$$"))
            {
                result.Append('$');
                i++;
            }
            else if (rest.StartsWith("$(pound)"))
            {
                result.Append('#');
                i += "$(pound)".Length - 1;
            }
            else if (rest[0] == '\\')
            {
                // Make halves backslashes before '#' and nowhere else.
                var run = rest.IndexOfAnyExcept('\\') is var n and >= 0 ? n : rest.Length;
                var beforeHash = run < rest.Length && rest[run] == '#';
                result.Append('\\', beforeHash ? run / 2 : run);
                i += run - 1;
                if (beforeHash && run % 2 == 1)
                {
                    result.Append('#');
                    i++;
                }
            }
            else if (rest[0] == '#')
            {
                break;
            }
            else
            {
                result.Append(rest[0]);
            }
        }

        return result.ToString();
    }

    /// <summary>Splits shell text at <c>;</c>, <c>&amp;&amp;</c>, <c>||</c>, <c>|</c>, <c>&amp;</c>, parentheses and newlines into commands, and these into words.</summary>
    /// <param name="text">Shell text, already free of Make's escapes.</param>
    /// <param name="commands">The commands that have words, without redirections; also what could be read when the result is false.</param>
    /// <returns>False when a quote or a substitution is not closed.</returns>
    public static bool TrySplit(string text, out ImmutableArray<ImmutableArray<string>> commands) => TrySplit(text, null, out commands);

    internal static bool TrySplit(string text, WordPool? pool, out ImmutableArray<ImmutableArray<string>> commands)
    {
        ArgumentNullException.ThrowIfNull(text);
        var splitter = new ShellSplitter(text, pool);
        var closed = splitter.Run();
        commands = splitter.Commands;
        return closed;
    }
}
