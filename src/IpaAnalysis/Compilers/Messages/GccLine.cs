using System.Globalization;
using System.Text;

namespace IpaAnalysis.Compilers.Messages;

/// <summary>What a line of the form <c>ORIGIN: KIND: TEXT</c> weighs.</summary>
internal enum GccLineKind
{
    /// <summary>An error of any kind.</summary>
    Error,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>A remark on the message before it.</summary>
    Note,
}

/// <summary>A message line of gcc, as or ld, taken apart.</summary>
/// <param name="Origin">A file as the tool names it, or the tool's name.</param>
/// <param name="Line">1-based line, 0 when there is none.</param>
/// <param name="Column">1-based column, 0 when there is none.</param>
/// <param name="Kind">Its weight.</param>
/// <param name="Text">The message; for an error that is no plain one it begins with what kind it is.</param>
internal readonly record struct GccLine(string Origin, int Line, int Column, GccLineKind Kind, string Text)
{
    // gcc/diagnostic.def; the capitals are those of gas/messages.c.
    private static readonly (string Word, GccLineKind Kind, bool KeepWord)[] Kinds =
    [
        ("error", GccLineKind.Error, false),
        ("warning", GccLineKind.Warning, false),
        ("note", GccLineKind.Note, false),
        ("fatal error", GccLineKind.Error, false),
        ("internal compiler error", GccLineKind.Error, true),
        ("sorry, unimplemented", GccLineKind.Error, true),
        ("Error", GccLineKind.Error, false),
        ("Warning", GccLineKind.Warning, false),
        ("Fatal error", GccLineKind.Error, false),
        ("Internal error", GccLineKind.Error, true),
        ("Info", GccLineKind.Note, false),
    ];

    /// <summary>The first error in what a tool said, else its first line; directories left out.</summary>
    public static string FirstError(IEnumerable<string> lines)
    {
        string? first = null;
        foreach (var text in lines)
        {
            var line = WithoutEscapes(text).Trim();
            if (TryParse(line, out var message) && message.Kind == GccLineKind.Error)
            {
                return MessagePaths.ShortenAbsolute(message.Text);
            }

            first ??= line.Length > 0 ? line : null;
        }

        return MessagePaths.ShortenAbsolute(first ?? "it fails without a message");
    }

    /// <summary>Takes a line apart; false when it is not of that form.</summary>
    public static bool TryParse(string line, out GccLine result)
    {
        GccLine? first = null;
        for (var colon = line.IndexOf(": ", StringComparison.Ordinal); colon > 0; colon = line.IndexOf(": ", colon + 1, StringComparison.Ordinal))
        {
            if (!TryKind(line.AsSpan(colon + 2), out var kind, out var textStart, out var keepWord))
            {
                continue;
            }

            var text = line[(keepWord ? colon + 2 : colon + 2 + textStart)..].Trim();
            SplitPlace(line[..colon], out var origin, out var lineNumber, out var column);
            var candidate = new GccLine(origin, lineNumber, column, kind, text);

            // A file's name may hold `: error: ` too; a line number or a known tool's name settles it.
            if (lineNumber > 0 || (first is null && IsKnownTool(origin)))
            {
                result = candidate;
                return true;
            }

            first ??= candidate;
        }

        result = first.GetValueOrDefault();
        return first is not null;
    }

    /// <summary>Splits <c>FILE[:LINE[:COLUMN]]</c> from its end, since a file's name may hold colons.</summary>
    public static void SplitPlace(string place, out string file, out int line, out int column)
    {
        (file, line, column) = (place, 0, 0);
        if (TakeNumber(ref file, out var last))
        {
            line = last;
            if (TakeNumber(ref file, out var beforeLast))
            {
                (line, column) = (beforeLast, last);
            }
        }
    }

    /// <summary>Whether an origin is the name of a program, not of a file.</summary>
    public static bool IsToolName(string origin)
    {
        if (origin.Length == 0 || origin.AsSpan().IndexOfAny(" /\\\t") >= 0)
        {
            return false;
        }

        // `gcc-12.2` has a dot, but no file that gcc compiles or includes in a kernel ends like that.
        return Path.GetExtension(origin.AsSpan()) is var extension
            && (extension.IsEmpty || char.IsAsciiDigit(extension[^1]) || extension is ".exe" or ".bfd" or ".gold");
    }

    private static bool IsKnownTool(string origin)
    {
        // Without the target before and the version after: `s390x-linux-gnu-gcc-12`.
        var name = origin.AsSpan().TrimEnd("-.0123456789");
        name = name[(name.LastIndexOf('-') + 1)..];
        return name is "gcc" or "cc" or "xgcc" or "g++" or "cpp" or "as" or "ld" or "collect" or "lto" or "wrapper" or "cc1plus";
    }

    /// <summary>A line without the escape sequences of <c>-fdiagnostics-color</c> and <c>-fdiagnostics-urls</c>.</summary>
    public static string WithoutEscapes(string line)
    {
        if (!line.Contains('\x1b', StringComparison.Ordinal))
        {
            return line;
        }

        var plain = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\x1b' || i + 1 == line.Length)
            {
                plain.Append(line[i]);
            }
            else if (line[i + 1] == ']')
            {
                // A link: to the terminator ESC \ or BEL.
                for (i += 2; i < line.Length && line[i] != '\a' && !(line[i] == '\\' && line[i - 1] == '\x1b'); i++)
                {
                }
            }
            else
            {
                for (i++; i + 1 < line.Length && !char.IsAsciiLetter(line[i]); i++)
                {
                }
            }
        }

        return plain.ToString();
    }

    private static bool TryKind(ReadOnlySpan<char> rest, out GccLineKind kind, out int textStart, out bool keepWord)
    {
        foreach (var (word, candidate, keep) in Kinds)
        {
            if (rest.StartsWith(word, StringComparison.Ordinal) && rest.Length > word.Length && rest[word.Length] == ':')
            {
                (kind, textStart, keepWord) = (candidate, word.Length + 1, keep);
                return true;
            }
        }

        (kind, textStart, keepWord) = (default, 0, false);
        return false;
    }

    private static bool TakeNumber(ref string text, out int number)
    {
        number = 0;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        text = text[..colon];
        return true;
    }
}
