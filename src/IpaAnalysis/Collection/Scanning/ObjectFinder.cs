using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>Finds the objects whose names do not say that they are some: makefiles invent extensions.</summary>
internal static class ObjectFinder
{
    /// <summary>Looks at the head of each file that may be an object, and files those that are among the objects.</summary>
    public static void Find(TreeListing tree, TreeOptions options, TreeObserver observer, DiagnosticLimit diagnostics, CancellationToken cancellation)
    {
        var possible = tree.Directories.Values.SelectMany(static d => d.PossibleObjects.Select(name => (Directory: d, Name: name))).ToArray();
        var looks = new ObjectLook[possible.Length];
        Parallel.For(0, possible.Length, options.Parallel(cancellation), i => looks[i] = observer.ObjectAt(possible[i].Directory.PathOf(possible[i].Name)));
        for (var i = 0; i < possible.Length; i++)
        {
            var (directory, name) = possible[i];
            if (looks[i].Origin is not null)
            {
                directory.Objects.Add(name);
            }
            else if (looks[i].IsUnreadable)
            {
                diagnostics.Add(DiagnosticCatalog.TreeUnreadable.At(
                    directory.PathOf(name), 0, $"Whether '{directory.RelativePathOf(name)}' is an object cannot be told. Check its permissions."));
            }
        }
    }
}
