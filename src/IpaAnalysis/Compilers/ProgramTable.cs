using IpaAnalysis.Files;

namespace IpaAnalysis.Compilers;

/// <summary>Looks up programs once, and keeps what was found.</summary>
internal sealed class ProgramTable(IReadOnlyDictionary<string, string> environment, string baseDirectory)
{
    private readonly SortedList<string, ProgramStamp> _stamps = new(StringComparer.Ordinal);

    public IReadOnlyList<ProgramStamp> Stamps => [.. _stamps.Values];

    /// <summary>The absolute path of a program; null when there is none.</summary>
    /// <param name="name">A name, or a path.</param>
    /// <param name="directory">The directory that a relative path starts from.</param>
    public string? Find(string name, string? directory = null)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        name = name.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(name, directory ?? baseDirectory) : name;
        if (!_stamps.TryGetValue(name, out var stamp))
        {
            _stamps[name] = stamp = ProgramStamp.Of(name, environment, baseDirectory);
        }

        return stamp.Path;
    }

    /// <summary>Where a recorded path is the same file as a program that the user's own lookup finds: the latter.</summary>
    /// <param name="path">An absolute path; it is not run.</param>
    /// <param name="name">What the user's lookup is asked for.</param>
    public string? FindSame(string path, string name) =>
        Find(name) is { } found && RealPath.Of(found) == RealPath.Of(path) ? found : null;
}
