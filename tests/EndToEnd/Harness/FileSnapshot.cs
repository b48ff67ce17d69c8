namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>Every file below a directory with its time stamp and content, to tell what a build changed.</summary>
internal sealed class FileSnapshot
{
    private readonly SortedDictionary<string, (DateTime Written, string Hash)> _files = new(StringComparer.Ordinal);

    private FileSnapshot()
    {
    }

    /// <summary>The files' paths below the directory, sorted.</summary>
    public IEnumerable<string> Files => _files.Keys;

    /// <summary>Takes the snapshot; <paramref name="except"/> are beginnings of paths to leave out.</summary>
    public static FileSnapshot Take(string directory, params string[] except)
    {
        var snapshot = new FileSnapshot();
        foreach (var file in Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(directory, file);
            if (!except.Any(e => path.StartsWith(e, StringComparison.Ordinal)))
            {
                var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
                snapshot._files[path] = (File.GetLastWriteTimeUtc(file), hash);
            }
        }

        return snapshot;
    }

    /// <summary>What differs between the two: added, removed, changed or merely rewritten files, one line each.</summary>
    public IReadOnlyList<string> Differences(FileSnapshot later)
    {
        var lines = new List<string>();
        foreach (var path in _files.Keys.Union(later._files.Keys).Order(StringComparer.Ordinal))
        {
            if (!later._files.TryGetValue(path, out var after))
            {
                lines.Add("removed " + path);
            }
            else if (!_files.TryGetValue(path, out var before))
            {
                lines.Add("added " + path);
            }
            else if (before != after)
            {
                lines.Add((before.Hash == after.Hash ? "rewritten " : "changed ") + path);
            }
        }

        return lines;
    }
}
