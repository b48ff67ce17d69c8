using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Commands;

namespace IpaAnalysis.Collection;

/// <summary>Finds the units of a tree and the files of each.</summary>
public static class TreeCollector
{
    /// <summary>Lists the tree, reads its recorded commands and pairs objects with dumps, call graphs and folding records.</summary>
    /// <param name="options">Where to look.</param>
    /// <param name="cancellation">Stops between directories and commands.</param>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static CollectedTree Collect(TreeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Directory, "/"));
        if (!Directory.Exists(root))
        {
            return new CollectedTree([], [DiagnosticCatalog.DirectoryNotFound.At(root, 0, "The input directory does not exist. Build the tree first, or correct the path.")], new NotUnits());
        }

        var diagnostics = new DiagnosticLimit();
        var tree = new TreeScanner(options, diagnostics, cancellation).Scan(root);
        var candidates = new CandidateFinder(tree, options, diagnostics, cancellation).Find();
        var pairing = new DumpPairing(tree, diagnostics);
        pairing.Pair(candidates);
        CompanionPairing.Pair(candidates);
        var units = new UnitSelection(candidates).Select(out var notUnits);
        var builder = new UnitBuilder(tree, options, candidates);
        var built = ImmutableArray.CreateBuilder<Unit>(units.Count);
        foreach (var candidate in units)
        {
            cancellation.ThrowIfCancellationRequested();
            var unit = builder.Build(candidate, out var lostSource);
            built.Add(unit);
            diagnostics.AddRange(builder.Report(candidate, unit, lostSource));
        }

        var assemblyOnly = LeftoverDumps.Report(tree, pairing.Claimed, diagnostics);
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
                AssemblyOnly = notUnits.AssemblyOnly + assemblyOnly,
                Linked = notUnits.Linked + tree.Directories.Values.Sum(static d => d.LinkedCount),
            });
    }
}
