using System.Collections.Immutable;
using IpaAnalysis.Files;

namespace IpaAnalysis.Collection;

/// <summary>
/// Writes the source paths of dumps and call graphs in the one form that serves as identity and for matching:
/// folded, and relative to the first root that holds them. Immutable, safe for several threads.
/// </summary>
public sealed class SourcePathMap
{
    /// <summary>Each ends with a slash.</summary>
    private readonly string[] _prefixes;

    /// <summary>Makes a map. Each root counts as given and as its symbolic links resolve.</summary>
    /// <param name="roots">Absolute directories, the first one that holds a path wins.</param>
    public SourcePathMap(IEnumerable<string> roots)
        : this(roots, RealPath.Of)
    {
    }

    internal SourcePathMap(IEnumerable<string> roots, Func<string, string> resolve)
    {
        ArgumentNullException.ThrowIfNull(roots);
        var prefixes = new List<string>();
        foreach (var root in roots)
        {
            Add(prefixes, root);
            Add(prefixes, resolve(root));
        }

        _prefixes = [.. prefixes];
    }

    /// <summary>The roots in order, each as given and as resolved, folded.</summary>
    public ImmutableArray<string> Roots => [.. _prefixes.Select(static p => p.Length == 1 ? p : p[..^1])];

    /// <summary>Writes a path in the one form.</summary>
    /// <param name="rawPath">The path as the compiler wrote it.</param>
    /// <param name="workingDirectory">The absolute directory the compiler ran in; null when unknown, and then a relative path is only folded.</param>
    /// <returns>Null for what is no file: <c>&lt;built-in&gt;</c>, <c>&lt;command-line&gt;</c>, <c>&lt;stdin&gt;</c>, an empty path.</returns>
    public string? Normalize(string rawPath, string? workingDirectory)
    {
        ArgumentNullException.ThrowIfNull(rawPath);
        if (IsNoFile(rawPath))
        {
            return null;
        }

        var size = rawPath.Length + (workingDirectory?.Length ?? 0) + 2;
        var buffer = size <= 512 ? stackalloc char[512] : new char[size];
        var absolute = rawPath[0] == '/' || workingDirectory is ['/', ..];
        var length = 0;
        if (rawPath[0] != '/' && workingDirectory is not null)
        {
            Append(buffer, ref length, workingDirectory, absolute);
        }

        Append(buffer, ref length, rawPath, absolute);
        ReadOnlySpan<char> path = buffer[..length];
        if (!absolute)
        {
            return path.IsEmpty ? "." : path.Equals(rawPath, StringComparison.Ordinal) ? rawPath : path.ToString();
        }

        foreach (var prefix in _prefixes)
        {
            if (path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return path[prefix.Length..].ToString();
            }
        }

        return path.IsEmpty ? "/" : path.Equals(rawPath, StringComparison.Ordinal) ? rawPath : path.ToString();
    }

    /// <summary>Whether GCC means no file: <c>&lt;built-in&gt;</c>, <c>&lt;stdin&gt;</c> and what else it puts into angle brackets.</summary>
    internal static bool IsNoFile(string rawPath) => rawPath.Length == 0 || (rawPath[0] == '<' && rawPath[^1] == '>');

    private static void Append(Span<char> buffer, ref int length, ReadOnlySpan<char> path, bool absolute)
    {
        foreach (var range in path.Split('/'))
        {
            var part = path[range];
            if (part is "" or ".")
            {
                continue;
            }

            if (part is ".." && (absolute || !EndsInParent(buffer[..length])))
            {
                length = Math.Max(buffer[..length].LastIndexOf('/'), 0);
                continue;
            }

            if (absolute || length > 0)
            {
                buffer[length++] = '/';
            }

            part.CopyTo(buffer[length..]);
            length += part.Length;
        }
    }

    /// <summary>Whether nothing is left that a <c>..</c> could take away from a relative path.</summary>
    private static bool EndsInParent(ReadOnlySpan<char> path) => path is "" or ".." || path.EndsWith("/..");

    private static void Add(List<string> prefixes, string root)
    {
        var folded = Path.GetFullPath(root, "/").TrimEnd('/') + "/";
        if (!prefixes.Contains(folded))
        {
            prefixes.Add(folded);
        }
    }
}
