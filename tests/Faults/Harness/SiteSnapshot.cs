namespace IpaAnalysis.Faults.Harness;

/// <summary>
/// What the file system says of everything below a directory: kind, identity, size, mode, and when content and state
/// changed last. The last one nobody can set, so that a changed content always shows; nothing is opened for it.
/// </summary>
internal sealed class SiteSnapshot
{
    private readonly SortedDictionary<string, string> _states = new(StringComparer.Ordinal);

    private SiteSnapshot()
    {
    }

    /// <summary>Takes the snapshot.</summary>
    /// <param name="directory">The absolute directory.</param>
    /// <param name="except">Absolute directories to leave out.</param>
    public static SiteSnapshot Take(string directory, IReadOnlyList<string> except)
    {
        string[] arguments =
        [
            directory, .. except.SelectMany(e => (string[])["-path", e, "-prune", "-o"]), "-printf", "%p\\t%y %i %s %T@ %C@ %m %l\\n",
        ];
        var run = ProcessRun.Of("find", arguments, "/", Compiler.Environment, ProcessLimits.Quiet);
        if (run.ExitCode != 0)
        {
            throw new IOException($"find failed: {run.Output}");
        }

        var snapshot = new SiteSnapshot();
        foreach (var line in run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);

            // The case's own directory changes when the intermediate one is made.
            if (line[..tab] != directory)
            {
                snapshot._states[line[..tab]] = line[(tab + 1)..];
            }
        }

        return snapshot;
    }

    /// <summary>Absolute paths of what was added, removed or changed, sorted. A directory counts when its entries changed, even for a moment.</summary>
    public IReadOnlyList<string> Differences(SiteSnapshot later) =>
    [
        .. _states.Keys.Union(later._states.Keys)
            .Where(path => _states.GetValueOrDefault(path) != later._states.GetValueOrDefault(path))
            .Order(StringComparer.Ordinal),
    ];
}
