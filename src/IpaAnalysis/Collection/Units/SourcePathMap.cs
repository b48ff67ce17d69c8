using System.Collections.Concurrent;
using System.Collections.Immutable;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Units;

/// <summary>
/// Writes the source paths of dumps and call graphs in the one form that serves as identity and for matching: folded, without
/// links to directories, and relative to the first root that holds them. One header that is reached by two paths is one file.
/// Safe for several threads.
/// </summary>
internal sealed class SourcePathMap
{
    /// <summary>Each ends with a slash.</summary>
    private readonly string[] _prefixes;

    /// <summary>What was written before, by folded absolute path: a kernel names the same headers in each of its units.</summary>
    private readonly ConcurrentDictionary<string, string> _written = new(StringComparer.Ordinal);

    /// <summary>Directories without links, by path.</summary>
    private readonly ConcurrentDictionary<string, string> _directories = new(StringComparer.Ordinal);

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

        if (path.IsEmpty)
        {
            return "/";
        }

        var known = _written.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(path, out var written))
        {
            var text = path.ToString();
            written = _written[text] = Write(text);
        }

        return written;
    }

    /// <summary>Whether GCC means no file: <c>&lt;built-in&gt;</c>, <c>&lt;stdin&gt;</c> and what else it puts into angle brackets.</summary>
    internal static bool IsNoFile(string rawPath) => rawPath.Length == 0 || (rawPath[0] == '<' && rawPath[^1] == '>');

    /// <summary>
    /// Writes a folded absolute path. A file that is itself a link out of all roots keeps its name: a tree of links to a store of files
    /// (<c>cp -rs</c>) shall not tell where that is.
    /// </summary>
    private string Write(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return Relative(path) ?? path;
        }

        var directory = _directories.GetOrAdd(UnixPath.DirectoryOf(path), static d => RealPath.Of(d));
        var name = UnixPath.NameOf(path);
        var place = Path.Combine(directory, name);
        return Relative(RealPath.OfFile(directory, name)) ?? Relative(place) ?? place;
    }

    private string? Relative(string path)
    {
        foreach (var prefix in _prefixes)
        {
            if (path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return path[prefix.Length..];
            }
        }

        return null;
    }

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
