using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>
/// Finds what links into the modules of a tree but lies elsewhere: <c>net-y := main.o ../common/util.o</c> and
/// <c>obj-m := ../common/</c>. Such an object is named as a source outside of <c>IpaSourceRoot</c> is, with <c>__</c> for <c>..</c>.
/// </summary>
internal sealed class ModuleObjects(TreeListing tree, TreeObserver observer, DiagnosticLimit diagnostics)
{
    private const string ModuleExtension = ".ko";

    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DirectoryNames> _outside = new(StringComparer.Ordinal);

    /// <summary>Reads the lists of all modules and files what they name.</summary>
    public void Find()
    {
        var lists = tree.Directories.Values
            .SelectMany(static d => d.KbuildLists.Where(d.RecordedTargets.Contains).Select(d.PathOf))
            .ToArray();
        foreach (var list in lists)
        {
            Read(list);
        }
    }

    private void Read(string list)
    {
        if (!_lists.Add(list))
        {
            return;
        }

        if (observer.KbuildList(list) is not { } files)
        {
            diagnostics.Add(DiagnosticCatalog.TreeUnreadable.At(list, 0, "Which objects link into the module cannot be told. Check the permissions of the file and of its .cmd file."));
            return;
        }

        var isOrder = UnixPath.NameOf(list) == KbuildList.ModulesOrder;
        foreach (var name in files.Names)
        {
            var path = Resolve(name, list);
            if (isOrder)
            {
                AddModule(path);
            }
            else
            {
                AddObject(path, list);
            }
        }
    }

    /// <summary>
    /// To kbuild <c>..</c> out of a directory that a link leads to is another directory than the path seems to say.
    /// </summary>
    private string Resolve(string name, string list)
    {
        var path = Path.Combine(Path.GetDirectoryName(list)!, name);
        var folded = Path.GetFullPath(path, "/");
        return folded == path || observer.FileExists(folded)
            ? folded
            : $"{observer.RealPath(UnixPath.DirectoryOf(path)).TrimEnd('/')}/{UnixPath.NameOf(path)}";
    }

    /// <summary>A module elsewhere: its objects are in its own list.</summary>
    private void AddModule(string path)
    {
        if (IsInTree(path))
        {
            return;
        }

        var stem = UnixPath.StemOf(path);
        Read(stem + KbuildList.ModuleExtension);
        if (observer.FileExists(stem + ModuleExtension))
        {
            AddObject(stem + ".mod.o", stem + KbuildList.ModuleExtension);
        }
    }

    private void AddObject(string path, string list)
    {
        var name = UnixPath.NameOf(path);
        var isThere = IsInTree(path)
            ? tree.TryLocate(path, out var directory, out _) && directory.Objects.Contains(name)
            : Outside(UnixPath.DirectoryOf(path)) is { } outside && Add(outside, name);

        // A list without a module is what an earlier build left, or one that failed; an archive of dumps has no objects at all.
        if (!isThere && tree.HasObjects && observer.FileExists(UnixPath.StemOf(list) + ModuleExtension))
        {
            diagnostics.Add(DiagnosticCatalog.UnitWithoutDump.At(
                list, 0, $"'{UnixPath.NameOf(UnixPath.StemOf(list))}{ModuleExtension}' was linked from '{RelativeOf(path)}', which is not there. Build the module again."));
        }
    }

    private bool Add(DirectoryListing outside, string name)
    {
        if (_outside[outside.Path].Files.Contains(name))
        {
            outside.Objects.Add(name);
            return true;
        }

        return false;
    }

    private bool IsInTree(string path) =>
        Files.Native.RealPath.IsInside(path, tree.Path) || Files.Native.RealPath.IsInside(path, tree.RealPath);

    private DirectoryListing? Outside(string path)
    {
        if (tree.Outside.TryGetValue(path, out var listing))
        {
            return listing;
        }

        var relative = Path.GetRelativePath(tree.Path, path);
        listing = new DirectoryListing(path, Named(relative)) { IsOutside = true };

        // The key is no path of a directory in the tree, whatever that is called.
        if (!tree.Directories.TryAdd(relative, listing))
        {
            return null;
        }

        tree.Outside.Add(path, listing);
        var names = observer.NamesIn(path);
        _outside.Add(path, names);
        foreach (var name in names.Files.Where(static n => !ArtifactName.IsObject(n) && !ArtifactName.IsLinked(n) && !KbuildList.IsName(n) && !ArtifactName.MayBeObject(n)))
        {
            listing.Add(name);
        }

        return listing;
    }

    private string RelativeOf(string path) => Named(Path.GetRelativePath(tree.Path, path));

    private static string Named(string relative)
    {
        var parts = relative.Split('/');
        for (var i = 0; i < parts.Length && parts[i] == ".."; i++)
        {
            parts[i] = "__";
        }

        return string.Join('/', parts);
    }
}
