using IpaAnalysis.CommandLines;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;

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

    /// <summary>
    /// The compiler behind a program that only goes by its name, as <c>/usr/lib/ccache/gcc</c> does: the next of that name in <c>PATH</c>. The
    /// program itself when it is none of these, or nothing is behind it.
    /// </summary>
    /// <param name="path">The absolute path of a program.</param>
    public string Behind(string path) =>
        CompilerNames.IsLauncher(RealPath.Of(path))
            ? ToolLocator.Find(UnixPath.NameOf(path), environment, baseDirectory, static p => !CompilerNames.IsLauncher(RealPath.Of(p))) ?? path
            : path;

    /// <summary>Where a recorded path is the same file as a program that the user's own lookup finds: the latter.</summary>
    /// <param name="path">An absolute path; it is not run.</param>
    /// <param name="name">What the user's lookup is asked for.</param>
    public string? FindSame(string path, string name) =>
        Find(name) is { } found && RealPath.Of(found) == RealPath.Of(path) ? found : null;
}
