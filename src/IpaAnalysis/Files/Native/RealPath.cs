namespace IpaAnalysis.Files.Native;

/// <summary>Resolves symbolic links, as a program's working directory has them resolved.</summary>
internal static class RealPath
{
    private const int MaxLinks = 40;

    /// <summary>The path without symbolic links; what cannot be looked at stays as it is.</summary>
    /// <param name="path">An absolute path.</param>
    public static string Of(string path)
    {
        var links = 0;
        var pending = new Stack<string>(Components(path));
        var resolved = "/";
        while (pending.TryPop(out var name))
        {
            if (name == "..")
            {
                resolved = Path.GetDirectoryName(resolved) ?? "/";
                continue;
            }

            var next = Path.Combine(resolved, name);
            if (links < MaxLinks && LinkTarget(next) is { } target)
            {
                links++;
                resolved = target.StartsWith('/') ? "/" : resolved;
                foreach (var component in Components(target))
                {
                    pending.Push(component);
                }
            }
            else
            {
                resolved = next;
            }
        }

        return resolved;
    }

    /// <summary>The path without symbolic links of a file in a directory that has none.</summary>
    /// <param name="directory">The directory's path without links.</param>
    /// <param name="name">The file's name.</param>
    public static string OfFile(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        return LinkTarget(path) is null ? path : Of(path);
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="directory"/> or inside it; both without links.</summary>
    public static bool IsInside(string path, string directory) =>
        directory == "/" || (path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/'));

    private static IEnumerable<string> Components(string path) =>
        path.Split('/').Where(static name => name.Length > 0 && name != ".").Reverse();

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
