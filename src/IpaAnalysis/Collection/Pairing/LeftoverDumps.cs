using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Pairing;

/// <summary>Says of each dump that no object claims why that is so.</summary>
internal static class LeftoverDumps
{
    /// <summary>
    /// What every check of autoconf compiles (autoconf manual, "Guidelines for Test Programs"), and Meson's check that a compiler works
    /// (in <c>meson-private</c>).
    /// </summary>
    private static readonly string[] s_configureChecks = ["conftest", "sanitycheckc"];

    /// <summary>Reports the dumps and counts those that are of no unit by what they are.</summary>
    public static NotUnits Report(TreeListing tree, TreeObserver observer, HashSet<string> claimed, DiagnosticLimit diagnostics)
    {
        var assemblyOnly = 0;
        var withoutObject = 0;
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
                else if (Leftover(observer, directory, dumpBase, name) is { } problem)
                {
                    diagnostics.Add(problem);
                }
                else
                {
                    withoutObject++;
                }
            }

            foreach (var name in directory.OtherDumps)
            {
                diagnostics.Add(Unclaimed(directory, name));
            }
        }

        return new NotUnits { AssemblyOnly = assemblyOnly, WithoutObject = withoutObject };
    }

    /// <summary>What is wrong with the dump; null when it tells of nothing that is in the tree.</summary>
    private static Diagnostic? Leftover(TreeObserver observer, DirectoryListing directory, string dumpBase, string name)
    {
        if (HasObject(directory, dumpBase))
        {
            return Unclaimed(directory, name);
        }

        var path = directory.PathOf(name);
        var stem = UnixPath.StemOf(dumpBase);
        var isLinkedAtOnce = IsLinkedAtOnce(observer, directory, dumpBase);
        return observer.IsEmpty(path) switch
        {
            null => DiagnosticCatalog.TreeUnreadable.At(path, 0, $"The dump '{directory.RelativePathOf(name)}' cannot be looked at. Check its permissions."),
            _ when s_configureChecks.Any(check => stem == check || stem.EndsWith($"-{check}", StringComparison.Ordinal)) => null,
            true when isLinkedAtOnce => null,
            true when HasCode(observer, directory, dumpBase) => Unclaimed(directory, name),

            // GCC opens the dump before it parses, so a compile that fails leaves an empty one.
            true => DiagnosticCatalog.FailedCompile.At(path, 0, $"The dump '{directory.RelativePathOf(name)}' is empty and its object is not there: the compile failed. Build again, or remove the dump."),
            false when isLinkedAtOnce => DiagnosticCatalog.UnclaimedDump.At(
                path,
                0,
                $"The dump '{directory.RelativePathOf(name)}' is of a source that was compiled and linked in one command, which leaves no object, and is not used. Compile with -c and -o, and link then."),
            false => Unclaimed(directory, name),
        };
    }

    /// <summary>
    /// Whether a program was made of the source at once: GCC from 11 on then puts the program's name before the dump's (<c>prog-main.c</c>, without
    /// <c>-o</c> <c>a-main.c</c>), unless both have one stem.
    /// </summary>
    private static bool IsLinkedAtOnce(TreeObserver observer, DirectoryListing directory, string dumpBase)
    {
        var stem = UnixPath.StemOf(dumpBase);
        return stem.LastIndexOf('-') is > 0 and var dash && dash < stem.Length - 1
            ? UnixPath.ExtensionOf(dumpBase) is ".c" or ".i" && !observer.FileExists(directory.PathOf(dumpBase))
            : observer.FileExists(directory.PathOf(stem));
    }

    /// <summary>Whether the call graph beside the dump shows that the compile succeeded: its object was moved or removed.</summary>
    private static bool HasCode(TreeObserver observer, DirectoryListing directory, string dumpBase)
    {
        var callGraph = UnixPath.StemOf(dumpBase) + ArtifactName.CallGraph;
        return directory.CallGraphs.Contains(callGraph) && observer.HasCode(directory.PathOf(callGraph));
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
