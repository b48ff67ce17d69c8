using System.Text;

namespace IpaAnalysis.CommandLines.Records;

/// <summary>Reads what <c>-MD</c> writes: one Make rule whose prerequisites are the files that were read.</summary>
internal static class DependencyFile
{
    /// <summary>
    /// The prerequisites of the first rule, as the compiler named them. Undoes the quoting of <c>munge</c> in
    /// libcpp/mkdeps.c: <c>$$</c>, <c>\#</c>, a blank after 2N+1 backslashes is part of a name that has N before it.
    /// </summary>
    /// <returns>The names in order; null when the text is no rule.</returns>
    public static IReadOnlyList<string>? Parse(ReadOnlySpan<char> text)
    {
        var rule = text.IndexOf(": ", StringComparison.Ordinal);
        for (; rule > 0 && text[rule - 1] == '\\'; rule = Next(text, rule))
        {
        }

        if (rule <= 0)
        {
            return null;
        }

        var names = new List<string>();
        var name = new StringBuilder();
        for (var i = rule + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\')
            {
                var start = i;
                while (i < text.Length && text[i] == '\\')
                {
                    i++;
                }

                var count = i - start;
                var after = i < text.Length ? text[i] : '\n';
                if (after == '\n')
                {
                    // The last backslash continues the line; those before it end a name.
                    Append(name, count - 1);
                    Take(name, names);
                }
                else if (after is ' ' or '\t')
                {
                    Append(name, count / 2);
                    if (count % 2 == 1)
                    {
                        name.Append(after);
                    }
                    else
                    {
                        Take(name, names);
                    }
                }
                else if (after is '#' or ':')
                {
                    Append(name, count - 1);
                    name.Append(after);
                }
                else
                {
                    Append(name, count);
                    i--;
                }
            }
            else if (c == '$' && i + 1 < text.Length && text[i + 1] == '$')
            {
                name.Append('$');
                i++;
            }
            else if (c == '\n')
            {
                break;
            }
            else if (c is ' ' or '\t' or '\r')
            {
                Take(name, names);
            }
            else
            {
                name.Append(c);
            }
        }

        Take(name, names);
        return names;
    }

    private static int Next(ReadOnlySpan<char> text, int after)
    {
        var next = text[(after + 1)..].IndexOf(": ", StringComparison.Ordinal);
        return next < 0 ? -1 : next + after + 1;
    }

    private static void Append(StringBuilder name, int backslashes) => name.Append('\\', Math.Max(0, backslashes));

    private static void Take(StringBuilder name, List<string> names)
    {
        if (name.Length > 0)
        {
            names.Add(name.ToString());
            name.Clear();
        }
    }
}
