using System.Collections.Immutable;
using IpaAnalysis.Collection.Pairing;
using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection;

/// <summary>Finds the units of a tree and the files of each.</summary>
internal static class TreeCollector
{
    /// <summary>Lists the tree, reads its recorded commands and pairs objects with dumps, call graphs and folding records.</summary>
    /// <param name="options">Where to look.</param>
    /// <param name="cancellation">Stops between directories and commands.</param>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static CollectedTree Collect(TreeOptions options, CancellationToken cancellation) =>
        Collect(options, TreeObserver.Plain(), cancellation);

    /// <summary>The same, with what the last collection saw: only what changed since is listed and read.</summary>
    /// <param name="options">Where to look.</param>
    /// <param name="memory">What the last collection saw; takes what this one sees.</param>
    /// <param name="cancellation">Stops between directories and commands.</param>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static CollectedTree Collect(TreeOptions options, CollectionMemory memory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return Collect(options, memory.Observer, cancellation);
    }

    private static CollectedTree Collect(TreeOptions options, TreeObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Directory, "/"));
        if (!observer.DirectoryExists(root))
        {
            return new CollectedTree([], [DiagnosticCatalog.DirectoryNotFound.At(root, 0, "The input directory does not exist. Build the tree first, or correct the path.")], new NotUnits());
        }

        var diagnostics = new DiagnosticLimit();
        var tree = new TreeScanner(options, observer, diagnostics, cancellation).Scan(root);
        ObjectFinder.Find(tree, options, observer, diagnostics, cancellation);
        new ModuleObjects(tree, observer, diagnostics).Find();
        var candidates = new CandidateFinder(tree, options, observer, diagnostics, cancellation).Find();
        var pairing = new DumpPairing(tree, observer, diagnostics);
        pairing.Pair(candidates);
        CompanionPairing.Pair(candidates);
        var units = new UnitSelection(candidates, new UnrecordedObjects(tree, observer, candidates, diagnostics)).Select(out var notUnits);
        var builder = new UnitBuilder(tree, options, observer, candidates);
        var built = ImmutableArray.CreateBuilder<Unit>(units.Count);
        foreach (var candidate in units)
        {
            cancellation.ThrowIfCancellationRequested();
            var unit = builder.Build(candidate, out var lostSource);
            built.Add(unit);
            diagnostics.AddRange(builder.Report(candidate, unit, lostSource));
        }

        var leftover = LeftoverDumps.Report(tree, observer, pairing.Claimed, diagnostics);
        if (built.Count == 0)
        {
            diagnostics.Add(DiagnosticCatalog.NothingCollected.At(
                root, 0, "No object with a clone dump is here. Build the tree with -fdump-ipa-clones, or name the directory that holds its objects."));
        }

        return new CollectedTree(
            built.ToImmutable(),
            diagnostics.ToImmutable(),
            notUnits with
            {
                AssemblyOnly = notUnits.AssemblyOnly + leftover.AssemblyOnly,
                WithoutObject = leftover.WithoutObject,
                Linked = notUnits.Linked + tree.Directories.Values.Sum(static d => d.LinkedCount),
            });
    }
}
