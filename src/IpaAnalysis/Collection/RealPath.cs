namespace IpaAnalysis.Collection;

/// <summary>Resolves symbolic links in every part of a path, as <c>realpath(3)</c> does.</summary>
internal static class RealPath
{
    /// <summary>Linux gives up after as many (<c>MAXSYMLINKS</c>).</summary>
    private const int MostLinks = 40;

    /// <summary>The path without links; parts that do not exist or cannot be read stay as they are.</summary>
    public static string Of(string path)
    {
        var pending = new Stack<string>(Path.GetFullPath(path, "/").Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var result = "";
        var links = 0;
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                result = result[..Math.Max(result.LastIndexOf('/'), 0)];
                continue;
            }

            var next = $"{result}/{part}";
            if (Target(next) is not { } target || ++links > MostLinks)
            {
                result = next;
                continue;
            }

            result = target.StartsWith('/') ? "" : result;
            foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse().Where(static s => s != "."))
            {
                pending.Push(step);
            }
        }

        return result.Length == 0 ? "/" : result;
    }

    /// <summary>Whether <paramref name="path"/> is <paramref name="directory"/> or inside it; both without links.</summary>
    public static bool IsInside(string path, string directory) =>
        directory == "/" || (path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/'));

    private static string? Target(string path)
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
