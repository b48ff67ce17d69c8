using System.Text;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>What the tasks have in common: paths from the project's directory, diagnostics with codes, an end to exceptions.</summary>
public abstract class IpaTask : Microsoft.Build.Utilities.Task, IMultiThreadableTask, ICancelableTask, IIncrementalTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private ProgressLog? _progress;

    /// <summary>The project's directory and environment; a build node serves several projects.</summary>
    public TaskEnvironment TaskEnvironment { get; set; } = TaskEnvironment.Fallback;

    /// <summary>The project file, named by diagnostics that concern no other file.</summary>
    public string ProjectFile { get; set; } = "";

    /// <summary>The list of the files that the package made.</summary>
    [Required]
    public string OutputList { get; set; } = "";

    /// <inheritdoc/>
    bool IIncrementalTask.FailIfNotIncremental
    {
        set => IsQuestion = value;
    }

    /// <summary>Whether the build only asks if there is work (<c>-question</c>): then nothing is run and nothing written.</summary>
    private protected bool IsQuestion { get; private set; }

    /// <summary>Ends the work early.</summary>
    private protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Where time comes from.</summary>
    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Tells users of long work that it goes on; the time counts from the task's start.</summary>
    private protected ProgressLog Progress => _progress!;

    /// <summary>The project's directory.</summary>
    private protected string ProjectDirectory => TaskEnvironment.ProjectDirectory.Value;

    /// <inheritdoc/>
    public void Cancel()
    {
        try
        {
            _cancellation.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It comes from another thread, and may come when the task has just ended.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public sealed override bool Execute()
    {
        _progress = new ProgressLog(Clock, text => LogText(MessageImportance.High, text));
        try
        {
            Run();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(DiagnosticCatalog.OutputNotWritten.At($"A file cannot be written or read: {e.Message.TrimEnd('.')}. Check the disk and the permissions."));
        }
#pragma warning disable CA1031 // The one exception boundary: a fault of ours is a coded error, not a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.LogMessage(MessageImportance.Low, "{0}", Trace(e));
            Report(DiagnosticCatalog.InternalError.At(
                $"{GetType().Name} failed with {e.GetType().Name}: {e.Message} Please report it with a detailed log (-v:detailed)."));
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the task's work; errors are reported, not thrown.</summary>
    private protected abstract void Run();

    /// <summary>Tells the instances of a project in one build apart: by their global properties.</summary>
    private protected string InstanceName
    {
        get
        {
            var words = new List<string>();
            if (BuildEngine is IBuildEngine6 engine)
            {
                foreach (var (name, value) in engine.GetGlobalProperties())
                {
                    words.Add($"{name}={value}");
                }
            }

            words.Sort(StringComparer.Ordinal);
            return ProjectFile + '\n' + string.Join('\n', words);
        }
    }

    /// <summary>The environment of this build.</summary>
    private protected IReadOnlyDictionary<string, string> Environment => TaskEnvironment.GetEnvironmentVariables();

    /// <summary>A path of the project file's author, made absolute.</summary>
    private protected string Absolute(string path) => Path.GetFullPath(path, ProjectDirectory);

    /// <summary>The same; null for a property that is not set.</summary>
    private protected string? AbsoluteOrNull(string path) => path.Length > 0 ? Absolute(path) : null;

    /// <summary>Logs a diagnostic with its code, help link and place.</summary>
    private protected void Report(Diagnostic diagnostic)
    {
        var help = HelpLink(diagnostic.Descriptor);
        // No file has a NUL in its name, but what a tool prints may.
        var file = diagnostic.File is null || diagnostic.File.Contains('\0', StringComparison.Ordinal) ? ProjectFile : Absolute(diagnostic.File);
        (file, var message) = (VisibleText.Escape(file), VisibleText.Escape(diagnostic.Message));
        switch (diagnostic.Severity)
        {
            case DiagnosticSeverity.Error:
                Log.LogError(null, diagnostic.Code, null, help, file, diagnostic.Line, diagnostic.Column, 0, 0, message);
                break;
            case DiagnosticSeverity.Warning:
                Log.LogWarning(null, diagnostic.Code, null, help, file, diagnostic.Line, diagnostic.Column, 0, 0, message);
                break;
            default:
                Log.LogMessage(
                    null, diagnostic.Code, null, file, diagnostic.Line, diagnostic.Column, 0, 0, MessageImportance.Normal, message);
                break;
        }
    }

    /// <summary>Logs several diagnostics in their order.</summary>
    private protected void Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }
    }

    /// <summary>Logs what only a detailed log needs. The text is not a format.</summary>
    private protected void LogLow(string text) => LogText(MessageImportance.Low, text);

    /// <summary>Logs one line, whatever it says. The text is not a format.</summary>
    private protected void LogText(MessageImportance importance, string text) => Log.LogMessage(importance, "{0}", VisibleText.Escape(text));

    /// <summary>Leaves something for a later task of this build, which else reads it from a file.</summary>
    private protected void Share(string name, object value) =>
        (BuildEngine as IBuildEngine4)?.RegisterTaskObject(name, value, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: true);

    /// <summary>What an earlier task of this build left; null when it left none, or in another process.</summary>
    private protected T? Shared<T>(string name)
        where T : class => (BuildEngine as IBuildEngine4)?.GetRegisteredTaskObject(name, RegisteredTaskObjectLifetime.Build) as T;

    /// <summary>Passes on what a session said.</summary>
    private protected void Report(SessionLog log)
    {
        foreach (var entry in log.Entries)
        {
            if (entry.Diagnostic is { } diagnostic)
            {
                Report(diagnostic);
            }
            else
            {
                LogText(ImportanceOf(entry.Level), entry.Text);
            }
        }
    }

    /// <summary>What collecting leaves its memory as for the tasks after it: another state is found under another name.</summary>
    private protected string NameOfMemory(string unitsKey) => $"IpaAnalysis.Memory:{unitsKey}:{Absolute(OutputList)}";

    /// <summary>What analysing leaves the gate's judgement as for the tasks after it: another instance's may be in the same file.</summary>
    private protected string NameOfGate => $"IpaAnalysis.Gate:{Absolute(OutputList)}:{InstanceName}";

    /// <summary>The judgement of this build's analysis.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    private protected StoredGate TakeGate()
    {
        var file = new SessionFiles(Absolute(OutputList)).Result;
        return Shared<StoredGate>(NameOfGate) ?? StoredResult.TryReadGate(file)
            ?? throw new FileNotFoundException("The gate's judgement is missing; build again.", file);
    }

    private static MessageImportance ImportanceOf(SessionLevel level) => level switch
    {
        SessionLevel.Important => MessageImportance.High,
        SessionLevel.Normal => MessageImportance.Normal,
        _ => MessageImportance.Low,
    };

    /// <summary>An exception with its causes. A message may quote a name of a tree; the rest is ours and has lines.</summary>
    private static string Trace(Exception? e)
    {
        var text = new StringBuilder();
        for (; e is not null; e = e.InnerException)
        {
            text.Append(e.GetType()).Append(": ").Append(VisibleText.Escape(e.Message)).Append('\n').Append(e.StackTrace).Append('\n');
        }

        return text.ToString();
    }

    private static string HelpLink(DiagnosticDescriptor descriptor)
    {
        // The package lies around tasks/net10.0, where this assembly is.
        var tasks = Path.GetDirectoryName(typeof(IpaTask).Assembly.Location)!;
        return $"{new Uri(Path.GetFullPath("../..", tasks)).AbsoluteUri}/{descriptor.HelpLink}";
    }
}
