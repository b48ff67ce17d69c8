namespace IpaAnalysis.Tests;

/// <summary>Files of this clone.</summary>
internal static class RepositoryFile
{
    /// <summary>The absolute path of a file.</summary>
    /// <param name="path">Relative to the solution's directory.</param>
    public static string PathOf(string path)
    {
        var directory = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "IpaAnalysis.sln")))
        {
            directory = directory.Parent!;
        }

        return Path.Combine(directory.FullName, path);
    }
}
