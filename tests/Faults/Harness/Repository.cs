namespace IpaAnalysis.Faults.Harness;

/// <summary>The clone of the repository in which these programs were built.</summary>
internal static class Repository
{
    /// <summary>A file or directory of the clone; null where the programs lie elsewhere.</summary>
    /// <param name="path">Relative to the clone's top.</param>
    public static string? Find(string path)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var found = Path.Combine(directory.FullName, path);
            if (Path.Exists(found))
            {
                return found;
            }
        }

        return null;
    }
}
