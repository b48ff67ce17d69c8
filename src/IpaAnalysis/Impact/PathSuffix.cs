namespace IpaAnalysis.Impact;

/// <summary>Matches a path by its last components.</summary>
internal static class PathSuffix
{
    /// <summary>
    /// Whether a path ends in these whole components: <c>mm/slub.c</c> matches <c>linux/mm/slub.c</c>, not <c>xmm/slub.c</c>. In them
    /// <c>.</c> and <c>..</c> are folded.
    /// </summary>
    public static bool Matches(string? path, string suffix)
    {
        ArgumentNullException.ThrowIfNull(suffix);
        suffix = Fold(suffix.Replace('\\', '/'));
        return path is not null
            && path.EndsWith(suffix, StringComparison.Ordinal)
            && (path.Length == suffix.Length || suffix.StartsWith('/') || path[path.Length - suffix.Length - 1] == '/');
    }

    /// <summary>A <c>..</c> that leads out of the suffix stays: no path in the manifest has one.</summary>
    private static string Fold(string suffix)
    {
        if (!suffix.Contains("./", StringComparison.Ordinal))
        {
            return suffix;
        }

        var parts = new List<string>();
        foreach (var part in suffix.Split('/'))
        {
            if (part == ".." && parts is [.., not (".." or "")])
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
