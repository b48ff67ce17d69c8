namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>
/// A mark that stays when a run is interrupted. A run changes dumps of its trees to measure what a change costs, and changes them back; after an
/// interrupted one nobody knows whether they are as they were made.
/// </summary>
internal sealed class UnfinishedRun
{
    /// <summary>What the name of the file that says how a tree was made ends in.</summary>
    public const string Stamp = ".stamp";

    private readonly string _mark;

    private UnfinishedRun(string mark) => _mark = mark;

    /// <summary>Begins a run; the trees that an interrupted one left are made again.</summary>
    /// <param name="workDirectory">Where the trees are.</param>
    /// <param name="wasInterrupted">Whether the last run was.</param>
    public static UnfinishedRun Begin(string workDirectory, out bool wasInterrupted)
    {
        var mark = Path.Combine(workDirectory, "unfinished");
        wasInterrupted = File.Exists(mark);
        if (wasInterrupted)
        {
            foreach (var stamp in Directory.GetFiles(workDirectory, "*" + Stamp))
            {
                File.Delete(stamp);
            }
        }

        File.WriteAllText(mark, "");
        return new UnfinishedRun(mark);
    }

    /// <summary>The trees are as they were made.</summary>
    public void End() => File.Delete(_mark);
}
