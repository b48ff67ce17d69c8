using System.Text;

namespace IpaAnalysis.Compilers.Messages;

/// <summary>
/// Paths in a tool's messages: absolute for <c>Diagnostic.File</c>, and never absolute in a message's text, which
/// must be the same wherever the project lies.
/// </summary>
internal sealed class MessagePaths
{
    private readonly string _workingDirectory;
    private readonly string[] _roots;
    private readonly Func<string, string>? _resolve;

    /// <summary>Paths of messages of a tool that runs in one directory.</summary>
    /// <param name="workingDirectory">Absolute directory that the tool runs in.</param>
    /// <param name="roots">Further absolute directories below which paths are shown relative.</param>
    /// <param name="resolve">Makes a relative path absolute in another way than by the working directory.</param>
    public MessagePaths(string workingDirectory, IEnumerable<string>? roots = null, Func<string, string>? resolve = null)
    {
        ArgumentNullException.ThrowIfNull(workingDirectory);
        _workingDirectory = workingDirectory;
        _resolve = resolve;

        // The longest first: of two roots, one within the other, the inner one decides.
        _roots = (roots ?? []).Append(workingDirectory)
            .Select(static root => root.TrimEnd('/'))
            .Where(static root => root.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(static root => root.Length)
            .ThenBy(static root => root, StringComparer.Ordinal)
            .ToArray();
    }

    /// <summary>The path as one that can be opened.</summary>
    public string ToAbsolute(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return path;
        }

        return !path.StartsWith('/') && _resolve is not null
            ? _resolve(path)
            : Path.GetFullPath(path, _workingDirectory);
    }

    /// <summary>The path as it is shown in a text: relative to the innermost root, its name alone if it is in none.</summary>
    public string ToShown(string path) => Clean(Path.IsPathRooted(path) ? path : ToAbsolute(path));

    /// <summary>A text without absolute paths and without the names of temporary files.</summary>
    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var root in _roots)
        {
            text = Strip(text, root);
        }

        return ShortenAbsolute(text);
    }

    /// <summary>Whether a path is of a file that lives as long as one run of the compiler, or of no file.</summary>
    internal static bool IsTransient(string path)
    {
        if (path is "-" or "{standard input}" || (path.StartsWith('<') && path.EndsWith('>')))
        {
            return true;
        }

        // libiberty's make_temp_file: ccXXXXXX and the suffix.
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return path.StartsWith('/') && name.Length > 8 && name.StartsWith("cc") && name[8] == '.'
            && name[2..8].IndexOfAnyExcept(AlphaNumeric) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> AlphaNumeric =
        System.Buffers.SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Replaces each absolute path in a text by its last name.</summary>
    internal static string ShortenAbsolute(string text)
    {
        StringBuilder? result = null;
        var copied = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '/' || (i > 0 && !IsBeforePath(text[i - 1])))
            {
                continue;
            }

            var end = i;
            while (end < text.Length && !IsAfterPath(text[end]))
            {
                end++;
            }

            // `/* … */`, `//` and a lone `/` are C, not paths.
            var path = text[i..end].TrimEnd('/', '.', ':');
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (path.Length > 1 && IsNameStart(path[1]) && name.Length > 0)
            {
                result ??= new StringBuilder();
                result.Append(text, copied, i - copied).Append(IsTransient(path) ? "temporary file" : name);
                copied = i + path.Length;
            }

            i = Math.Max(i, end - 1);
        }

        return result is null ? text : result.Append(text, copied, text.Length - copied).ToString();
    }

    private static string Strip(string text, string root)
    {
        var from = 0;
        while ((from = text.IndexOf(root, from, StringComparison.Ordinal)) >= 0)
        {
            var end = from + root.Length;
            var starts = from == 0 || IsBeforePath(text[from - 1]);
            if (starts && end < text.Length && text[end] == '/')
            {
                text = text.Remove(from, root.Length + 1);
            }
            else if (starts && (end == text.Length || IsAfterPath(text[end])))
            {
                text = string.Concat(text.AsSpan(0, from), ".", text.AsSpan(end));
            }
            else
            {
                from++;
            }
        }

        return text;
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or '+' or '~' or > (char)127;

    private static bool IsBeforePath(char c) => char.IsWhiteSpace(c) || c is '\'' or '"' or '`' or '(' or '[' or '<' or '{' or '=' or ',' or ':' or ';' or '‘' or '“' or '@';

    private static bool IsAfterPath(char c) => char.IsWhiteSpace(c) || c is '\'' or '"' or '`' or ')' or ']' or '>' or '}' or ',' or ';' or ':' or '(' or '’' or '”';
}
