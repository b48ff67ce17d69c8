using IpaAnalysis.Building.Kbuild.Messages;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>Joins what one run of make prints with what earlier runs printed about the objects that it left alone.</summary>
internal sealed class KbuildMessages
{
    private const int MaxLogLines = 20_000;

    private readonly KbuildLayout _layout;
    private readonly KbuildMessageParser _output;
    private readonly KbuildMessageParser _errors;
    private int _linesLeftOut;

    public KbuildMessages(KbuildLayout layout)
    {
        _layout = layout;
        var paths = layout.Paths();
        _output = new KbuildMessageParser(paths);
        _errors = new KbuildMessageParser(paths);
    }

    /// <summary>The lines that make printed, and how many were too many.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Whether kconfig would have had to ask, and ended instead.</summary>
    public bool AsksForConfiguration => _errors.AsksForConfiguration || _output.AsksForConfiguration;

    /// <summary>Reads one line of make.</summary>
    public void Accept(string line, bool isError)
    {
        if (Log.Count < MaxLogLines)
        {
            Log.Add(line);
        }
        else
        {
            _linesLeftOut++;
        }

        (isError ? _errors : _output).Accept(line);
    }

    /// <summary>Updates the state and yields the diagnostics of this build.</summary>
    /// <param name="stateFile">Absolute path of the state; null when nothing is to be remembered.</param>
    public List<Diagnostic> Close(string? stateFile)
    {
        if (_linesLeftOut > 0)
        {
            Log.Add(FormattableString.Invariant($"({_linesLeftOut} more lines)"));
        }

        var fresh = _errors.Messages.Concat(_output.Messages).Select(message => (Key: Key(message), Message: InPlace(message))).ToList();
        var entries = new List<KbuildMessageState.Entry>();
        foreach (var group in fresh.Where(static pair => pair.Key is not null).GroupBy(static pair => (pair.Key, pair.Message.IsModpost)))
        {
            // Errors are not kept: what they are about is not made, and the next build prints them again.
            var warnings = group.Select(static pair => pair.Message.Diagnostic).Where(static d => d.Severity != DiagnosticSeverity.Error).ToList();
            if (warnings.Count > 0 && FileState.LookAtOutput(group.Key.Key!) is { } stamp)
            {
                entries.Add(new KbuildMessageState.Entry(group.Key.Key!, stamp, group.Key.IsModpost, warnings));
            }
        }

        var replayed = stateFile is null
            ? []
            : KbuildMessageState.Read(stateFile).Where(entry => IsStillTrue(entry, fresh)).ToList();
        entries.AddRange(replayed);
        entries.Sort(static (a, b) => string.CompareOrdinal(a.Subject, b.Subject) is var order and not 0 ? order : a.IsModpost.CompareTo(b.IsModpost));

        // By object, since the order in which make finishes them is chance; what is about none comes last.
        var diagnostics = fresh.Where(static pair => pair.Key is not null)
            .Select(static pair => (Key: pair.Key!, pair.Message.IsModpost, pair.Message.Diagnostic))
            .Concat(replayed.SelectMany(static entry => entry.Diagnostics.Select(d => (Key: entry.Subject, entry.IsModpost, Diagnostic: d))))
            .OrderBy(static item => item.Key, StringComparer.Ordinal)
            .ThenBy(static item => item.IsModpost)
            .Select(static item => item.Diagnostic)
            .Concat(fresh.Where(static pair => pair.Key is null).Select(static pair => pair.Message.Diagnostic))
            .ToList();
        try
        {
            if (stateFile is not null)
            {
                KbuildMessageState.Write(stateFile, entries);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(DiagnosticCatalog.OutputNotWritten.At(
                stateFile!, 0, "kbuild's messages cannot be remembered for builds that make nothing new. Check permissions and space of the intermediate directory."));
        }

        return diagnostics;
    }

    /// <summary>Why make failed.</summary>
    /// <param name="exitCode">make's exit status.</param>
    public Diagnostic Failure(int exitCode)
    {
        if ((_errors.MakeFailure ?? _output.MakeFailure) is { } failure)
        {
            // A place in kbuild's own makefiles helps nobody.
            return failure.File is { } makefile && _layout.IsUsersMakefile(makefile)
                ? failure
                : failure with { File = _layout.Place, Line = 0 };
        }

        var said = (_errors.Unread ?? _output.Unread) is { } line ? $": {line}" : " and said nothing";
        return DiagnosticCatalog.MakeFailed.At(_layout.Place, 0, FormattableString.Invariant($"make ended with status {exitCode}{said}."));
    }

    private KbuildMessage InPlace(KbuildMessage message) => message.Diagnostic.File is not null
        ? message
        : message with { Diagnostic = message.Diagnostic with { File = _layout.Place } };

    private bool IsStillTrue(KbuildMessageState.Entry entry, List<(string? Key, KbuildMessage Message)> fresh) =>
        FileState.LookAtOutput(entry.Subject) == entry.Stamp
        && !(entry.IsModpost && (_output.HasModpostRun || _errors.HasModpostRun))
        && !fresh.Exists(pair => pair.Key == entry.Subject && pair.Message.IsModpost == entry.IsModpost);

    /// <summary>The file whose being rebuilt makes a message outdated.</summary>
    private string? Key(KbuildMessage message)
    {
        if (message.IsModpost)
        {
            // modpost looks at all objects at once and writes this file each time it runs.
            return Path.Combine(_layout.ObjectDirectory, "Module.symvers");
        }

        return message.Subject is null ? null
            : Path.GetExtension(message.Subject) is ".c" or ".S" or ".i" ? _layout.ProductOf(message.Subject)
            : Path.GetExtension(message.Subject) is ".o" or ".ko" ? message.Subject
            : null;
    }
}
