using IpaAnalysis.Diagnostics;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions.Reporting;

/// <summary>What a session says, in its order; whoever called the session passes it on, also when the session was cancelled or failed.</summary>
internal sealed class SessionLog
{
    private readonly List<SessionEntry> _entries = [];
    private readonly List<StepRun> _steps = [];

    /// <summary>All that was said.</summary>
    public IReadOnlyList<SessionEntry> Entries => _entries;

    /// <summary>What became of each step, in their order.</summary>
    public IReadOnlyList<StepRun> Steps => _steps;

    /// <summary>Whether one of the diagnostics is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Says a diagnostic.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _entries.Add(new SessionEntry(diagnostic, SessionLevel.Normal, ""));
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>Says diagnostics in their order.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>Says a line for a detailed log.</summary>
    public void Detail(string line) => _entries.Add(new SessionEntry(null, SessionLevel.Detailed, line));

    /// <summary>Says lines for a detailed log.</summary>
    public void Detail(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Detail(line);
        }
    }

    /// <summary>Says a line for everyone who reads an ordinary log.</summary>
    public void Say(string line) => _entries.Add(new SessionEntry(null, SessionLevel.Normal, line));

    /// <summary>Says a line that everybody sees.</summary>
    public void Show(string line) => _entries.Add(new SessionEntry(null, SessionLevel.Important, line));

    /// <summary>Notes what became of a step, and says so in a detailed log.</summary>
    public void Note(StepRun run)
    {
        _steps.Add(run);
        Detail(run.ToString());
    }
}
