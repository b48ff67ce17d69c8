using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>
/// Finds, where no record tells, the directory a compiler ran in: the one from which the path in the call graph leads to a file.
/// </summary>
internal sealed class SourceFinder(TreeListing tree, TreeObserver observer, string? sourceDirectory, string? statedDirectory)
{
    /// <summary>Fills in what the candidate's command did not tell. A title that leads nowhere leaves the directory unknown.</summary>
    /// <returns>The title, if it is relative and leads nowhere; else null.</returns>
    public string? Find(Candidate candidate)
    {
        if ((candidate.WorkingDirectory is not null && candidate.SourcePath is not null)
            || candidate.CallGraphPath is null
            || observer.CallGraphTitle(candidate.CallGraphPath) is not { } title
            || SourcePathMap.IsNoFile(title)
            || title.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (title.StartsWith('/'))
        {
            candidate.SourcePath ??= Path.GetFullPath(title, "/");
            return null;
        }

        candidate.WorkingDirectory ??= DirectoryFor(candidate, title);
        if (candidate.WorkingDirectory is null)
        {
            return candidate.SourcePath is null ? title : null;
        }

        candidate.SourcePath ??= Path.GetFullPath(title, candidate.WorkingDirectory);
        return null;
    }

    private string? DirectoryFor(Candidate candidate, string title)
    {
        if (statedDirectory is not null && Exists(statedDirectory, title))
        {
            return statedDirectory;
        }

        var nearest = Ancestors(tree.Path, candidate.Directory.RelativePath).ToList();
        var mirrored = sourceDirectory is null ? [] : Ancestors(sourceDirectory, candidate.Directory.RelativePath).ToList();

        // Each directory may have its own main.c: the one that lies as the object lies is meant.
        return nearest.Find(d => LiesIn(d, title, nearest[0]))
            ?? mirrored.Find(d => LiesIn(d, title, mirrored[0]))
            ?? ((IEnumerable<string?>)[tree.Path, sourceDirectory, .. nearest, .. mirrored]).FirstOrDefault(d => d is not null && Exists(d, title));
    }

    private bool LiesIn(string directory, string title, string expected) =>
        Path.GetDirectoryName(Path.GetFullPath(title, directory)) == expected && Exists(directory, title);

    private bool Exists(string directory, string title) => observer.FileExists(Path.GetFullPath(title, directory));

    /// <summary>The directory <paramref name="relative"/> under <paramref name="root"/> and those above it down to <paramref name="root"/>.</summary>
    private static IEnumerable<string> Ancestors(string root, string relative)
    {
        for (var end = relative.Length; end > 0; end = relative.LastIndexOf('/', end - 1))
        {
            yield return Path.Combine(root, relative[..end]);
        }

        yield return root;
    }
}
