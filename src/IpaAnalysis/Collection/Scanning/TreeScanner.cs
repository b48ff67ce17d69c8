using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>
/// Lists a tree once. A linked directory is entered only if it leads out of the tree and not around it,
/// so that no object is met under two names.
/// </summary>
internal sealed class TreeScanner(TreeOptions options, TreeObserver observer, DiagnosticLimit diagnostics, CancellationToken cancellation)
{
    private readonly SortedDictionary<string, DirectoryListing> _directories = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly List<string> _entered = [];

    public TreeListing Scan(string root)
    {
        var realRoot = observer.RealPath(root);
        _entered.Add(realRoot);
        Walk(root, "");
        while (_links.Count > 0)
        {
            var (relative, path) = _links.First();
            _links.Remove(relative);
            var real = observer.RealPath(path);
            if (!_entered.Exists(e => RealPath.IsInside(real, e)) && !RealPath.IsInside(realRoot, real) && !IsSourceLink(relative, real))
            {
                _entered.Add(real);
                Walk(path, relative);
            }
        }

        return new TreeListing(root, realRoot, _directories);
    }

    /// <summary>kbuild puts a link <c>source</c> into its output directory; what was compiled there was not compiled here.</summary>
    private bool IsSourceLink(string relative, string real) =>
        relative == "source" || (options.SourceDirectory is { } source && RealPath.IsInside(observer.RealPath(source), real));

    private void Walk(string root, string relativeRoot)
    {
        var pending = new Stack<(string Path, string Relative)>();
        pending.Push((root, relativeRoot));
        while (pending.TryPop(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (name, isLink) in List(next.Path, next.Relative))
            {
                var path = Join(next.Path, name);
                var relative = next.Relative.Length == 0 ? name : $"{next.Relative}/{name}";
                if (isLink)
                {
                    _links[relative] = path;
                }
                else
                {
                    pending.Push((path, relative));
                }
            }
        }
    }

    /// <summary>Files the names of one directory and returns its subdirectories.</summary>
    private List<(string Name, bool IsLink)> List(string path, string relative)
    {
        var here = observer.NamesIn(path);
        if (here.IsUnreadable)
        {
            diagnostics.Add(ArtifactName.MayBeReplaced(path)
                ? NotUtf8Directory(path)
                : DiagnosticCatalog.TreeUnreadable.At(path, 0, "The directory is not read, units in it are missing. Check its permissions."));
        }

        List<(string Name, bool IsLink)> subdirectories = [.. here.Directories.Select(static name => (name, false))];
        List<string> names = [.. here.Files];
        foreach (var link in here.Links)
        {
            if (observer.DirectoryExists(Join(path, link)))
            {
                subdirectories.Add((link, true));
            }
            else if (DirectoryListing.Matters(link))
            {
                names.Add(link);
            }
        }

        File(path, relative, names);
        subdirectories.Sort(static (x, y) => string.CompareOrdinal(x.Name, y.Name));
        for (var i = subdirectories.Count - 1; i > 0; i--)
        {
            if (subdirectories[i].Name == subdirectories[i - 1].Name)
            {
                diagnostics.Add(NotUtf8Directory($"{path}/{subdirectories[i].Name}"));
                subdirectories.RemoveAt(i);
            }
        }

        return subdirectories;
    }

    private static string Join(string path, string name) => path.EndsWith('/') ? path + name : $"{path}/{name}";

    private static Diagnostic NotUtf8Directory(string path) =>
        DiagnosticCatalog.TreeUnreadable.At(path, 0, "The directory is not read, because its name is not UTF-8. Rename it.");

    private void File(string path, string relative, List<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        var listing = new DirectoryListing(path, relative);
        if (!_directories.TryAdd(relative, listing))
        {
            return;
        }

        names.Sort(StringComparer.Ordinal);
        string? previous = null;
        foreach (var name in names)
        {
            // Two names that become one: at most one of them is the file that opens.
            var isSecond = name == previous;
            previous = name;
            if (isSecond || (ArtifactName.MayBeReplaced(name) && !observer.FileExists(listing.PathOf(name))))
            {
                diagnostics.Add(DiagnosticCatalog.TreeUnreadable.At(
                    listing.PathOf(name), 0, "The file is not read, because its name is not UTF-8. Rename its source and build it again."));
                continue;
            }

            listing.Add(name);
        }
    }
}
