namespace IpaAnalysis.Archives;

/// <summary>Reads the names of entries: where they would be unpacked to, and what must not be.</summary>
internal static class EntryPath
{
    private const int LongestPart = 255;

    /// <summary>Reads a name.</summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <param name="path">The relative path without <c>.</c>; empty for the top.</param>
    /// <returns>Why the entry is refused, as the rest of a sentence; null when it is not.</returns>
    public static string? Read(string name, out string path)
    {
        path = "";
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal) || name.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return "its name is none that a file can have in UTF-8";
        }

        if (name[0] == '/')
        {
            return "its path is absolute";
        }

        var parts = name.Split('/').Where(static p => p is not ("" or ".")).ToArray();
        if (parts.Contains(".."))
        {
            return "its path leads out through '..'";
        }

        path = string.Join('/', parts);
        return parts.Any(static p => System.Text.Encoding.UTF8.GetByteCount(p) > LongestPart) ? "its name is too long" : null;
    }
}
