namespace IpaAnalysis.Processes;

/// <summary>Finds programs the way <c>execvp</c> does, in an environment that the caller gives.</summary>
internal static class ToolLocator
{
    private const string DefaultPath = "/bin:/usr/bin";
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Resolves a program's name or path.</summary>
    /// <param name="name">A name to look up in <c>PATH</c>, or a path (it holds a <c>/</c>).</param>
    /// <param name="environment">The environment whose <c>PATH</c> counts.</param>
    /// <param name="baseDirectory">Absolute directory that relative paths, also those in <c>PATH</c>, start from.</param>
    /// <returns>The absolute path, symbolic links unresolved; null when there is no such program.</returns>
    public static string? Find(string name, IReadOnlyDictionary<string, string> environment, string baseDirectory) =>
        Find(name, environment, baseDirectory, static _ => true);

    /// <summary>Resolves a program's name or path to one that is wanted: a name may stand for others further behind in <c>PATH</c>.</summary>
    /// <param name="name">A name to look up in <c>PATH</c>, or a path (it holds a <c>/</c>).</param>
    /// <param name="environment">The environment whose <c>PATH</c> counts.</param>
    /// <param name="baseDirectory">Absolute directory that relative paths, also those in <c>PATH</c>, start from.</param>
    /// <param name="isWanted">Whether a program's absolute path is.</param>
    /// <returns>The absolute path, symbolic links unresolved; null when there is no such program.</returns>
    public static string? Find(string name, IReadOnlyDictionary<string, string> environment, string baseDirectory, Func<string, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(environment);
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (name.Contains('/', StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(name, baseDirectory);
            return IsProgram(path) && isWanted(path) ? path : null;
        }

        var directories = environment.TryGetValue("PATH", out var value) ? value : DefaultPath;
        foreach (var directory in directories.Split(':'))
        {
            var path = Path.GetFullPath(Path.Combine(baseDirectory, directory, name), baseDirectory);
            if (IsProgram(path) && isWanted(path))
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsProgram(string path)
    {
        try
        {
            return File.Exists(path) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & AnyExecute) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
