namespace IpaAnalysis.Impact;

/// <summary>Matches a path by its last components.</summary>
public static class PathSuffix
{
    /// <summary>Whether a path ends in these whole components: <c>mm/slub.c</c> matches <c>linux/mm/slub.c</c>, not <c>xmm/slub.c</c>.</summary>
    public static bool Matches(string? path, string suffix)
    {
        suffix = suffix.Replace('\\', '/');
        while (suffix.StartsWith("./", StringComparison.Ordinal))
        {
            suffix = suffix[2..];
        }

        return path is not null
            && path.EndsWith(suffix, StringComparison.Ordinal)
            && (path.Length == suffix.Length || suffix.StartsWith('/') || path[path.Length - suffix.Length - 1] == '/');
    }
}
