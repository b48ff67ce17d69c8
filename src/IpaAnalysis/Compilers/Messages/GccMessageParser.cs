using System.Globalization;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Compilers.Messages;

/// <summary>
/// Reads what gcc and the assembler and linker it starts print in the C locale, line by line.
/// Include stacks, "In function", source snippets and the like belong to messages and make none of their own.
/// </summary>
internal sealed class GccMessageParser
{
    private const int MaxNotes = 2;
    private const int MaxNoteLength = 160;

    private readonly MessagePaths _paths;
    private readonly string? _source;
    private readonly List<GccMessage> _messages = [];
    private string? _includedFrom;
    private string? _lastFile;
    private string? _unit;
    private int _notes = MaxNotes;

    /// <summary>A parser for the messages of one or several compiles.</summary>
    /// <param name="paths">How paths in messages are resolved and shown.</param>
    /// <param name="source">Absolute path of the source when only one is compiled: messages without a place are put there.</param>
    public GccMessageParser(MessagePaths paths, string? source = null)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _paths = paths;
        _source = source;
        _unit = source;
    }

    /// <summary>The messages so far, in the order they came.</summary>
    public IReadOnlyList<GccMessage> Messages => _messages;

    /// <summary>Reads one line.</summary>
    /// <returns>Whether the line is a message or belongs to one.</returns>
    public bool Accept(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line = GccLine.WithoutEscapes(line).TrimEnd();
        if (IsSnippet(line))
        {
            return _messages.Count > 0;
        }

        if (TryIncludeStack(line) || TryContext(line) || IsBoilerplate(line))
        {
            return true;
        }

        if (GccLine.TryParse(line, out var message))
        {
            Add(message);
            return true;
        }

        return TryToolComplaint(line);
    }

    private void Add(GccLine line)
    {
        var isTool = line.Line == 0 && GccLine.IsToolName(line.Origin);
        var isTransient = !isTool && MessagePaths.IsTransient(line.Origin);
        if (!isTool && !isTransient)
        {
            EnterFile(_paths.ToAbsolute(line.Origin));
        }

        if (line.Kind == GccLineKind.Note)
        {
            AddNote(line, isTool || isTransient);
            return;
        }

        var descriptor = line.Kind == GccLineKind.Error ? DiagnosticCatalog.CompilerError : DiagnosticCatalog.CompilerWarning;
        var text = _paths.Clean(line.Text);
        if (isTool || (isTransient && line.Origin.StartsWith('<')))
        {
            text = $"{line.Origin}: {text}";
        }

        var diagnostic = isTool || isTransient
            ? new Diagnostic(descriptor, text, _source ?? (isTransient ? _unit : null))
            : new Diagnostic(descriptor, text, _paths.ToAbsolute(line.Origin), line.Line, line.Column);
        _messages.Add(new GccMessage(diagnostic, _source ?? (isTool ? null : _unit)));
        _notes = 0;
    }

    private void AddNote(GccLine note, bool noPlace)
    {
        // GCC says this with the first undeclared name of each function, and it tells nothing.
        if (_notes >= MaxNotes || _messages.Count == 0 || note.Text.Length > MaxNoteLength
            || note.Text.StartsWith("each undeclared identifier", StringComparison.Ordinal))
        {
            return;
        }

        _notes++;
        var place = noPlace || note.Line == 0 ? "" : $"{_paths.ToShown(note.Origin)}:{note.Line.ToString(CultureInfo.InvariantCulture)}: ";
        var (diagnostic, unit) = _messages[^1];
        _messages[^1] = new GccMessage(diagnostic with { Message = $"{diagnostic.Message} (note: {place}{_paths.Clean(note.Text)})" }, unit);
    }

    /// <summary>A complaint of as, ld or gcc without the word that says its weight.</summary>
    private bool TryToolComplaint(string line)
    {
        const string Undefined = "undefined reference to ";
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon <= 0)
        {
            return false;
        }

        var name = line[..colon];
        var tool = Path.GetFileName(name);
        if (!IsBinutil(tool) && !line.Contains(Undefined, StringComparison.Ordinal))
        {
            return false;
        }

        if (line.EndsWith(':'))
        {
            // `ld: a.o: in function 'f':` says where the next line is.
            return true;
        }

        _messages.Add(new GccMessage(
            new Diagnostic(DiagnosticCatalog.CompilerError, _paths.Clean(IsBinutil(tool) ? tool + line[colon..] : line), _source),
            _source));
        _notes = MaxNotes;
        return true;
    }

    private bool TryIncludeStack(string line)
    {
        const string First = "In file included from ";
        const string Next = "from ";
        var rest = line.StartsWith(First, StringComparison.Ordinal) ? line.AsSpan(First.Length)
            : line.StartsWith(' ') && line.AsSpan().TrimStart().StartsWith(Next, StringComparison.Ordinal) ? line.AsSpan().TrimStart()[Next.Length..]
            : default;
        if (rest.IsEmpty || rest[^1] is not (',' or ':'))
        {
            return false;
        }

        GccLine.SplitPlace(rest[..^1].ToString(), out var file, out var lineNumber, out _);
        if (lineNumber == 0)
        {
            return false;
        }

        // The stack is printed from the inside to the outside: the last one is the unit.
        _includedFrom = _paths.ToAbsolute(file);
        return true;
    }

    private bool TryContext(string line)
    {
        if (!line.EndsWith(':') && !line.EndsWith(','))
        {
            return false;
        }

        if (line.StartsWith("    inlined from ", StringComparison.Ordinal) || line.StartsWith("In function ", StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var marker in (ReadOnlySpan<string>)[": In function ", ": At top level:", ": In ", ": Assembler messages:"])
        {
            var at = line.IndexOf(marker, StringComparison.Ordinal);
            if (at > 0)
            {
                if (!MessagePaths.IsTransient(line[..at]))
                {
                    EnterFile(_paths.ToAbsolute(line[..at]));
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Keeps track of the unit. GCC prints an include stack only when the file of the message changes
    /// (<c>diagnostic_report_current_module</c>), so a message in the same file as the last is of the same unit.
    /// </summary>
    private void EnterFile(string file)
    {
        if (_source is not null)
        {
            return;
        }

        if (_includedFrom is not null)
        {
            _unit = _includedFrom;
        }
        else if (file != _lastFile)
        {
            _unit = file;
        }

        _includedFrom = null;
        _lastFile = file;
    }

    /// <summary>A line of quoted source: number or blanks, a bar, the source or what is under it.</summary>
    private static bool IsSnippet(string line)
    {
        var bar = line.IndexOf('|');
        if (bar < 1 || line[bar - 1] != ' ' || (bar + 1 < line.Length && line[bar + 1] is not (' ' or '+' or '-')))
        {
            return false;
        }

        var margin = line.AsSpan(0, bar).Trim(' ');
        return margin.IndexOfAnyExceptInRange('0', '9') < 0
            || margin.IndexOfAnyExcept('+') < 0
            || margin.IndexOfAnyExcept('-') < 0
            || margin is "...";
    }

    private static bool IsBoilerplate(string line) =>
        line is "compilation terminated."
            or "cc1: all warnings being treated as errors"
            or "cc1: some warnings being treated as errors"
            or "Please submit a full bug report,"
            or "Please submit a full bug report, with preprocessed source."
            or "Please submit a full bug report, with preprocessed source (by using -freport-bug)."
            or "with preprocessed source if appropriate."
        || line.StartsWith("Please include the complete backtrace", StringComparison.Ordinal)
        || line.StartsWith("during ", StringComparison.Ordinal) && line.Contains(" pass: ", StringComparison.Ordinal)
        || line.StartsWith("See <", StringComparison.Ordinal) && line.EndsWith("for instructions.", StringComparison.Ordinal)
        || line.StartsWith("0x", StringComparison.Ordinal) && line.Length > 2 && char.IsAsciiHexDigit(line[2]);

    private static bool IsBinutil(string name) =>
        name is "as" or "ld" or "ld.bfd" or "ld.gold" or "collect2"
        || name.EndsWith("-as", StringComparison.Ordinal)
        || name.EndsWith("-ld", StringComparison.Ordinal)
        || name.EndsWith("-ld.bfd", StringComparison.Ordinal);
}
