using Microsoft.Build.Logging.StructuredLogger;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>What a binary log says happened; the text of the terminal is never looked at.</summary>
internal sealed class BuildLog
{
    private readonly TreeNode _root;

    private BuildLog(TreeNode root)
    {
        _root = root;
        root.VisitAllChildren<Error>(e => Add(Errors, e));
        root.VisitAllChildren<Warning>(w => Add(Warnings, w));
        root.VisitAllChildren<Target>(t => Targets.Add(new TargetRun(t.Name, Path.GetFileName(t.Project?.ProjectFile) ?? "", t.Skipped)));
        root.VisitAllChildren<Microsoft.Build.Logging.StructuredLogger.Task>(t => Tasks.Add(t.Name));
        root.VisitAllChildren<Message>(m => Messages.Add(m.Text));
    }

    /// <summary>Every error, in the order logged.</summary>
    public List<LogEntry> Errors { get; } = [];

    /// <summary>Every warning, in the order logged.</summary>
    public List<LogEntry> Warnings { get; } = [];

    /// <summary>Every target reached.</summary>
    public List<TargetRun> Targets { get; } = [];

    /// <summary>The name of every task that ran.</summary>
    public List<string> Tasks { get; } = [];

    /// <summary>The text of every message, of any importance.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Errors and warnings with a code of ours.</summary>
    public IEnumerable<LogEntry> Diagnostics => Errors.Concat(Warnings).Where(e => e.Code.StartsWith("IPA", StringComparison.Ordinal));

    /// <summary>Reads a log.</summary>
    public static BuildLog Read(string path) => new(BinaryLog.ReadBuild(path));

    /// <summary>The part of the only project that was built with a global property of this value.</summary>
    public BuildLog OfProject(string property, string value)
    {
        var projects = new List<Project>();
        _root.VisitAllChildren<Project>(p =>
        {
            if (p.GlobalProperties.TryGetValue(property, out var found) && found == value)
            {
                projects.Add(p);
            }
        });
        Assert.That(projects, Has.Count.EqualTo(1), $"projects built with {property}={value}");
        return new BuildLog(projects[0]);
    }

    /// <summary>Whether the target ran and was not skipped.</summary>
    public bool Ran(string target) => Targets.Exists(t => t.Name == target && !t.Skipped);

    private static void Add(List<LogEntry> entries, AbstractDiagnostic d) =>
        entries.Add(new LogEntry(d.Code ?? "", d.File ?? "", d.LineNumber, d.ColumnNumber, d.Text ?? ""));
}
