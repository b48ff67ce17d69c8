namespace IpaAnalysis.Building.Sources;

/// <summary>Which files of the output directories belong to which source.</summary>
internal sealed class OutputListing
{
    private readonly Dictionary<string, Dictionary<string, ObjectOutputs>> _owners = new(StringComparer.Ordinal);

    /// <summary>A listing that tells the outputs of these sources apart.</summary>
    public OutputListing(IEnumerable<PlannedSource> sources)
    {
        foreach (var outputs in sources.Select(static source => source.Outputs))
        {
            if (!_owners.TryGetValue(outputs.Directory, out var stems))
            {
                _owners[outputs.Directory] = stems = new Dictionary<string, ObjectOutputs>(StringComparer.Ordinal);
            }

            stems[outputs.Stem] = outputs;
        }
    }

    /// <summary>Lists directories once each.</summary>
    /// <returns>By object path, the absolute paths of the files, sorted ordinally.</returns>
    public Dictionary<string, List<string>> Find(IEnumerable<string> directories)
    {
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var directory in directories.Distinct(StringComparer.Ordinal))
        {
            if (!_owners.TryGetValue(directory, out var stems) || !Directory.Exists(directory))
            {
                continue;
            }

            foreach (var path in Directory.EnumerateFiles(directory))
            {
                if (Owner(stems, Path.GetFileName(path)) is { } owner)
                {
                    if (!found.TryGetValue(owner.Object, out var files))
                    {
                        found[owner.Object] = files = [];
                    }

                    files.Add(path);
                }
            }
        }

        foreach (var files in found.Values)
        {
            files.Sort(StringComparer.Ordinal);
        }

        return found;
    }

    /// <summary>The source with the longest stem: <c>a.c.o</c> is the object of <c>a.c.c</c>, not a dump of <c>a.c</c>.</summary>
    private static ObjectOutputs? Owner(Dictionary<string, ObjectOutputs> stems, string name)
    {
        for (var dot = name.LastIndexOf('.'); dot >= 0; dot = dot == 0 ? -1 : name.LastIndexOf('.', dot - 1))
        {
            if (stems.TryGetValue(name[..dot], out var outputs) && outputs.Owns(name))
            {
                return outputs;
            }
        }

        return null;
    }
}
