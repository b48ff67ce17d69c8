using System.Text;
using IpaAnalysis.Files;

namespace IpaAnalysis.CommandLines;

/// <summary>Splits and quotes arguments as GCC's response files have them (libiberty, <c>argv.c</c>).</summary>
internal static class GccArguments
{
    private static readonly UTF8Encoding Utf8WithoutMark = new(false);

    /// <summary>
    /// Splits a text into arguments: blanks separate, <c>'…'</c> and <c>"…"</c> group, a backslash takes the next
    /// character as it is, everywhere (<c>buildargv</c>, GCC 14 and earlier). A quote left open ends with the text.
    /// </summary>
    public static IReadOnlyList<string> Split(string? text)
    {
        var arguments = new List<string>();
        var argument = new StringBuilder();
        var inArgument = false;
        var quote = '\0';
        for (var i = 0; i < (text?.Length ?? 0); i++)
        {
            var c = text![i];
            if (c == '\\')
            {
                inArgument = true;
                if (++i < text.Length)
                {
                    argument.Append(text[i]);
                }
            }
            else if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    argument.Append(c);
                }
            }
            else if (c is '\'' or '"')
            {
                inArgument = true;
                quote = c;
            }
            else if (!IsBlank(c))
            {
                inArgument = true;
                argument.Append(c);
            }
            else if (inArgument)
            {
                arguments.Add(argument.ToString());
                argument.Clear();
                inArgument = false;
            }
        }

        if (inArgument)
        {
            arguments.Add(argument.ToString());
        }

        return arguments;
    }

    /// <summary>Writes an argument so that <see cref="Split"/> and every GCC read it back as it is.</summary>
    public static string Quote(string argument)
    {
        ArgumentNullException.ThrowIfNull(argument);
        if (argument.Length == 0)
        {
            return "\"\"";
        }

        var quoted = new StringBuilder(argument.Length + 8);
        foreach (var c in argument)
        {
            if (c == '\n')
            {
                // GCC 15 drops a newline after a backslash, as a shell does; in quotes all versions keep it.
                quoted.Append("'\n'");
                continue;
            }

            if (c is '\\' or '\'' or '"' || IsBlank(c))
            {
                quoted.Append('\\');
            }

            quoted.Append(c);
        }

        return quoted.ToString();
    }

    /// <summary>The bytes of a response file: UTF-8 without byte-order mark, which GCC would take for an argument; one argument a line.</summary>
    public static byte[] ResponseFile(IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var text = new StringBuilder();
        foreach (var argument in arguments)
        {
            text.Append(Quote(argument)).Append('\n');
        }

        return Utf8WithoutMark.GetBytes(text.ToString());
    }

    /// <summary>Writes a response file, through a temporary name.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void WriteResponseFile(string path, IEnumerable<string> arguments) =>
        OutputFile.Write(path, ResponseFile(arguments));

    // ISSPACE of libiberty's safe-ctype, whatever the locale.
    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\v' or '\f' or '\r';
}
