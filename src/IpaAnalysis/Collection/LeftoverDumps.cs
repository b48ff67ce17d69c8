using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection;

/// <summary>Says of each dump that no object claims why that is so.</summary>
internal static class LeftoverDumps
{
    /// <summary>Reports the dumps and counts those of compiles to assembly only.</summary>
    public static int Report(TreeListing tree, TreeObserver observer, HashSet<string> claimed, DiagnosticLimit diagnostics)
    {
        var assemblyOnly = 0;
        foreach (var directory in tree.Directories.Values.Where(static d => !d.IsOutside))
        {
            foreach (var (dumpBase, name) in directory.Dumps)
            {
                if (claimed.Contains(directory.PathOf(name)))
                {
                    continue;
                }

                if (ArtifactName.IsLinkTimeDump(dumpBase))
                {
                    diagnostics.Add(DiagnosticCatalog.LtoUnit.At(
                        directory.PathOf(name),
                        0,
                        $"The dump '{directory.RelativePathOf(name)}' was written by link-time optimisation and is not used. Build without -flto."));
                }
                else if (AssemblyOnly.Is(tree, directory, dumpBase))
                {
                    assemblyOnly++;
                }
                else
                {
                    diagnostics.Add(Leftover(observer, directory, dumpBase, name));
                }
            }

            foreach (var name in directory.OtherDumps)
            {
                diagnostics.Add(Unclaimed(directory, name));
            }
        }

        return assemblyOnly;
    }

    private static Diagnostic Leftover(TreeObserver observer, DirectoryListing directory, string dumpBase, string name)
    {
        if (HasObject(directory, dumpBase))
        {
            return Unclaimed(directory, name);
        }

        // GCC opens the dump before it parses, so a compile that fails leaves an empty one.
        var path = directory.PathOf(name);
        return observer.IsEmpty(path) switch
        {
            null => DiagnosticCatalog.TreeUnreadable.At(path, 0, $"The dump '{directory.RelativePathOf(name)}' cannot be looked at. Check its permissions."),
            true => DiagnosticCatalog.FailedCompile.At(path, 0, $"The dump '{directory.RelativePathOf(name)}' is empty and its object is not there: the compile failed. Build again, or remove the dump."),
            false => Unclaimed(directory, name),
        };
    }

    private static bool HasObject(DirectoryListing directory, string dumpBase)
    {
        var stem = UnixPath.StemOf(dumpBase);
        stem = stem.StartsWith(ArtifactName.TemporaryPrefix, StringComparison.Ordinal) ? stem[ArtifactName.TemporaryPrefix.Length..] : stem;
        return directory.Objects.Contains(stem + ".o") || directory.Objects.Contains(dumpBase + ".o");
    }

    private static Diagnostic Unclaimed(DirectoryListing directory, string name) => DiagnosticCatalog.UnclaimedDump.At(
        directory.PathOf(name),
        0,
        $"The dump '{directory.RelativePathOf(name)}' belongs to no object and is not used. Remove it if its source was renamed or deleted; otherwise compile with -c and -o.");
}
