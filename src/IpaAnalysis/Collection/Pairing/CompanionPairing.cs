using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Collection.Pairing;

/// <summary>Gives each object its call graph (dump base without extension and <c>.ci</c>) and its folding record (same base as the dump).</summary>
internal static class CompanionPairing
{
    /// <summary>Pairs after the dumps are paired. The object's own name goes before what the source's name suggests.</summary>
    public static void Pair(IReadOnlyCollection<Candidate> candidates)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var overwritten = candidates.Where(static c => c.SharesDump)
            .GroupBy(StemOf, StringComparer.Ordinal)
            .Where(static g => g.Skip(1).Any())
            .Select(static g => g.Key)
            .ToHashSet(StringComparer.Ordinal);

        // What has the dump has its companions too, before libtool's description of the same stem; what several compiles wrote is nobody's.
        candidates = [.. candidates.Where(c => !c.IsCopy && (!c.SharesDump || !overwritten.Contains(StemOf(c)))).OrderBy(static c => c.DumpPath is null)];
        foreach (var candidate in candidates)
        {
            candidate.CallGraphPath = Take(taken, candidate.OutputDirectory, [UnixPath.StemOf(candidate.OutputName) + ArtifactName.CallGraph]);
            candidate.FoldingRecordPath = Take(taken, candidate.OutputDirectory, Records(candidate.OutputDirectory, DumpNames.FromObject(candidate)));
        }

        foreach (var candidate in candidates)
        {
            var bases = Bases(candidate);
            candidate.CallGraphPath ??= Take(taken, candidate.OutputDirectory, bases.SelectMany(static b => (string[])[UnixPath.StemOf(b) + ArtifactName.CallGraph, b + ArtifactName.CallGraph]));
            candidate.FoldingRecordPath ??= Take(taken, candidate.OutputDirectory, Records(candidate.OutputDirectory, bases));
        }
    }

    private static string StemOf(Candidate candidate) => candidate.OutputDirectory.PathOf(UnixPath.StemOf(candidate.OutputName));

    private static List<string> Bases(Candidate candidate)
    {
        var bases = new List<string>();
        if (candidate.DumpBase is { } known)
        {
            bases.Add(known);
        }
        else if (candidate.DumpPath is null && !candidate.SharesDump && DumpNames.FromSource(candidate) is { } fromSource && candidate.Command is not null)
        {
            bases.Add(fromSource);
        }

        // Old kbuild's temporary object, for trees without records.
        bases.Add(ArtifactName.TemporaryPrefix + candidate.OutputName);
        return bases;
    }

    private static IEnumerable<string> Records(DirectoryListing directory, IEnumerable<string> bases)
    {
        foreach (var dumpBase in bases)
        {
            if (directory.FoldingRecords.TryGetValue(dumpBase, out var name))
            {
                yield return name;
            }
        }
    }

    private static string? Take(HashSet<string> taken, DirectoryListing directory, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if ((directory.CallGraphs.Contains(name) || name.EndsWith(ArtifactName.FoldingRecord, StringComparison.Ordinal)) && taken.Add(directory.PathOf(name)))
            {
                return directory.PathOf(name);
            }
        }

        return null;
    }
}
