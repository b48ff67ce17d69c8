namespace IpaAnalysis.CommandLines;

/// <summary>Paths as text: what a command names need not exist here.</summary>
internal static class UnixPath
{
    /// <summary>The absolute path with <c>.</c> and <c>..</c> folded; null when it cannot be known or cannot name a file.</summary>
    public static string? Resolve(string? path, string? directory) =>
        string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal) ? null
        : path[0] == '/' ? Path.GetFullPath(path, "/")
        : directory is not { Length: > 0 } || directory[0] != '/' || directory.Contains('\0', StringComparison.Ordinal) ? null
        : Path.GetFullPath(path, directory);

    /// <summary>The part before the last <c>/</c>, empty when there is none.</summary>
    public static string DirectoryOf(string path) => path[..Math.Max(path.LastIndexOf('/'), 0)];

    /// <summary>The part after the last <c>/</c>.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The last extension with its dot, or empty. A name that only starts with a dot has none.</summary>
    public static string ExtensionOf(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot <= path.LastIndexOf('/') + 1 ? "" : path[dot..];
    }

    /// <summary>The name without its last extension, directories included.</summary>
    public static string StemOf(string path) => path[..^ExtensionOf(path).Length];
}
