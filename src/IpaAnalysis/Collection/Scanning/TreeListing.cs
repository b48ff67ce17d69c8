using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>The directories of a tree.</summary>
/// <param name="Path">The tree's absolute path.</param>
/// <param name="RealPath">The tree's path without symbolic links.</param>
/// <param name="Directories">The directories that hold something that matters, sorted by relative path.</param>
internal sealed record TreeListing(string Path, string RealPath, SortedDictionary<string, DirectoryListing> Directories)
{
    /// <summary>The directories of objects that lie elsewhere, by absolute path; they are among <see cref="Directories"/> too.</summary>
    public Dictionary<string, DirectoryListing> Outside { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether kbuild built the tree.</summary>
    public bool IsKbuild { get; } = Directories.Values.Any(static d => d.RecordedTargets.Count > 0);

    /// <summary>Whether there is an object anywhere.</summary>
    public bool HasObjects => Directories.Values.Any(static d => d.Objects.Count > 0);

    /// <summary>The directory and name of an absolute, folded path in the tree; false when its directory is not in the tree.</summary>
    public bool TryLocate(string path, out DirectoryListing directory, out string name)
    {
        foreach (var root in (ReadOnlySpan<string>)[Path, RealPath])
        {
            var prefix = root == "/" ? root : root + "/";
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                var slash = path.LastIndexOf('/');
                name = path[(slash + 1)..];
                return Directories.TryGetValue(slash < prefix.Length ? "" : path[prefix.Length..slash], out directory!);
            }
        }

        if (Outside.TryGetValue(UnixPath.DirectoryOf(path), out directory!))
        {
            name = UnixPath.NameOf(path);
            return true;
        }

        directory = null!;
        name = "";
        return false;
    }
}
