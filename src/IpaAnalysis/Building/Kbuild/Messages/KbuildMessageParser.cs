using System.Globalization;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Building.Kbuild.Messages;

/// <summary>
/// Reads what kbuild prints in the C locale: messages of the compiler, of make, of modpost,
/// objtool and kbuild's scripts. Progress lines are no messages.
/// </summary>
internal sealed class KbuildMessageParser
{
    private const int MaxDetails = 2;
    private const int MaxUnreadLength = 300;

    private readonly MessagePaths _paths;
    private readonly GccMessageParser _gcc;
    private readonly List<KbuildMessage> _messages = [];
    private Diagnostic? _lastGcc;
    private int _gccRead;
    private int _details;
    private bool _isIndented;
    private string? _unread;
    private bool _isBanner;
    private string? _failedMake;

    /// <summary>A parser for one stream of one build.</summary>
    /// <param name="paths">How paths in messages are resolved and shown; the module directory must be a root.</param>
    public KbuildMessageParser(MessagePaths paths)
    {
        _paths = paths;
        _gcc = new GccMessageParser(paths);
    }

    /// <summary>What was found so far, in the order it came; make's failure is not among it.</summary>
    public IReadOnlyList<KbuildMessage> Messages => _messages;

    /// <summary>The innermost of make's failures, which comes first: later ones are of makes that started it. Null when there is none.</summary>
    public Diagnostic? MakeFailure { get; private set; }

    /// <summary>The last line that no rule knows, without absolute paths: often the words of a tool that could not be started.</summary>
    public string? Unread => _unread;

    /// <summary>Whether a line says that modpost was run, so that all its messages are new.</summary>
    public bool HasModpostRun { get; private set; }

    /// <summary>Whether kconfig ended because symbols of <c>.config</c> are missing or differ (scripts/kconfig/conf.c, <c>KCONFIG_NOSILENTUPDATE</c>).</summary>
    public bool AsksForConfiguration { get; private set; }

    /// <summary>Reads one line.</summary>
    /// <returns>Whether the line is a message or belongs to one.</returns>
    public bool Accept(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        line = GccLine.WithoutEscapes(line).TrimEnd();
        if (TryDetail(line))
        {
            return true;
        }

        _details = 0;
        if (line.Length == 0 || IsProgress(line))
        {
            return false;
        }

        if (TryFailure(line) || TryBanner(line))
        {
            return true;
        }

        // Only what stands right before make's failure can be its cause.
        _unread = null;
        if (TryMakeWarning(line) || TryKbuild(line) || TryObjtool(line))
        {
            return true;
        }

        if (_gcc.Accept(line))
        {
            TakeGcc();
            return true;
        }

        _unread = _paths.Clean(line.Length > MaxUnreadLength ? line[..MaxUnreadLength] + "…" : line);
        return false;
    }

    private void TakeGcc()
    {
        // A note changes the last message, so that one is taken again.
        if (_gccRead > 0 && _messages.Count > 0)
        {
            var index = _messages.FindLastIndex(message => ReferenceEquals(message.Diagnostic, _lastGcc));
            if (index >= 0)
            {
                _lastGcc = OfMakeOrCompiler(_gcc.Messages[_gccRead - 1].Diagnostic);
                _messages[index] = _messages[index] with { Diagnostic = _lastGcc };
            }
        }

        for (; _gccRead < _gcc.Messages.Count; _gccRead++)
        {
            var (diagnostic, unit) = _gcc.Messages[_gccRead];
            _lastGcc = OfMakeOrCompiler(diagnostic);
            _messages.Add(new KbuildMessage(_lastGcc, unit));
        }
    }

    /// <summary>make says `FILE:LINE: warning: TEXT` in the compiler's words; the file tells them apart.</summary>
    private static Diagnostic OfMakeOrCompiler(Diagnostic diagnostic) =>
        Path.GetFileName(diagnostic.File) is not { } name
        || !(name.StartsWith("Makefile", StringComparison.Ordinal) || name.StartsWith("Kbuild", StringComparison.Ordinal) || name.EndsWith(".mk", StringComparison.Ordinal))
            ? diagnostic
            : diagnostic with { Descriptor = diagnostic.Severity == DiagnosticSeverity.Error ? DiagnosticCatalog.KbuildError : DiagnosticCatalog.KbuildWarning };

    /// <summary>Lines that go on with the message before: indented, or the two that name the compilers.</summary>
    private bool TryDetail(string line)
    {
        if (_details == 0 || _messages.Count == 0 || (_isIndented && !line.StartsWith(' ') && !line.StartsWith('\t')) || line.Trim().Length == 0)
        {
            return false;
        }

        _details--;
        var last = _messages[^1];
        var text = $"{last.Diagnostic.Message} {_paths.Clean(string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))}";
        _messages[^1] = last with { Diagnostic = last.Diagnostic with { Message = text } };
        return true;
    }

    private bool TryKbuild(string line)
    {
        const string CompilerDiffers = "warning: the compiler differs from the one used to build the kernel";
        if (line.StartsWith(CompilerDiffers, StringComparison.Ordinal))
        {
            Add(DiagnosticCatalog.KbuildWarning, line["warning: ".Length..] + ":", subject: null);
            (_details, _isIndented) = (MaxDetails, true);
            return true;
        }

        foreach (var (word, isError) in (ReadOnlySpan<(string, bool)>)
            [("ERROR: ", true), ("FATAL: ", true), ("WARNING: ", false), ("fixdep: ", true), ("error: ", true), ("warning: ", false)])
        {
            if (!line.StartsWith(word, StringComparison.Ordinal))
            {
                continue;
            }

            var text = word == "fixdep: " ? line : line[word.Length..];
            var isModpost = text.StartsWith("modpost: ", StringComparison.Ordinal)
                || text.StartsWith('"')
                || text.Contains("ection mismatch", StringComparison.Ordinal);
            Add(isError ? DiagnosticCatalog.KbuildError : DiagnosticCatalog.KbuildWarning, text, isModpost ? Module(text) : null, isModpost);
            (_details, _isIndented) = (MaxDetails, true);
            return true;
        }

        return false;
    }

    /// <summary><c>FILE.o: warning: objtool: TEXT</c>, the form of tools/objtool/include/objtool/warn.h.</summary>
    private bool TryObjtool(string line)
    {
        if (!line.Contains("objtool: ", StringComparison.Ordinal)
            || !GccLine.TryParse(line, out var message)
            || !message.Text.StartsWith("objtool: ", StringComparison.Ordinal))
        {
            return false;
        }

        var descriptor = message.Kind == GccLineKind.Error ? DiagnosticCatalog.KbuildError : DiagnosticCatalog.KbuildWarning;
        var subject = GccLine.IsToolName(message.Origin) ? null : _paths.ToAbsolute(message.Origin);
        var text = subject is null ? message.Text : $"{_paths.ToShown(subject)}: {message.Text}";
        _messages.Add(new KbuildMessage(new Diagnostic(descriptor, _paths.Clean(text), subject), subject));
        return true;
    }

    private bool TryFailure(string line)
    {
        if (!TryFailure(line, out var makefile, out var makefileLine, out var what))
        {
            return false;
        }

        if (what.StartsWith("Waiting for unfinished jobs", StringComparison.Ordinal))
        {
            return true;
        }

        var cause = _unread is null ? "" : $" ({_unread})";
        var failure = DiagnosticCatalog.MakeFailed.At(makefile, makefileLine, $"make: {_paths.Clean(what)}{cause}");
        var make = line[..MakePrefix(line)];

        // Which of several jobs of one make fails first is chance.
        if (MakeFailure is null || (make.Length > 0 && make == _failedMake && string.CompareOrdinal(failure.Message, MakeFailure.Message) < 0))
        {
            (MakeFailure, _failedMake) = (failure, make);
        }

        return true;
    }

    /// <summary><c>*** TEXT</c>, several lines of it: how kbuild's makefiles and kconfig say why they end.</summary>
    private bool TryBanner(string line)
    {
        const string Banner = "***";
        if (!line.StartsWith(Banner, StringComparison.Ordinal))
        {
            _isBanner = false;
            return false;
        }

        AsksForConfiguration |= line.Contains("configuration requires explicit update", StringComparison.Ordinal);
        var text = _paths.Clean(line[Banner.Length..].Trim());
        text = _isBanner && _unread is not null ? $"{_unread} {text}".TrimEnd() : text;
        (_unread, _isBanner) = (text.Length == 0 ? null : text, true);
        return true;
    }

    private bool TryMakeWarning(string line)
    {
        // `make[1]: warning:  Clock skew detected.`
        if (MakePrefix(line) is var length and > 0 && line.AsSpan(length).StartsWith("warning: ", StringComparison.Ordinal))
        {
            Add(DiagnosticCatalog.KbuildWarning, "make: " + line[(length + "warning: ".Length)..].Trim(), subject: null);
            return true;
        }

        return false;
    }

    /// <summary><c>make[2]: *** [FILE:LINE: TARGET] Error N</c>, <c>make: *** TEXT.  Stop.</c>, <c>FILE:LINE: *** TEXT.  Stop.</c></summary>
    private bool TryFailure(string line, out string? makefile, out int lineNumber, out string what)
    {
        const string Mark = ": *** ";
        (makefile, lineNumber, what) = (null, 0, "");
        var mark = line.IndexOf(Mark, StringComparison.Ordinal);
        if (mark <= 0)
        {
            return false;
        }

        what = line[(mark + Mark.Length)..];
        if (MakePrefix(line) != mark + ": ".Length)
        {
            GccLine.SplitPlace(line[..mark], out var file, out lineNumber, out _);
            makefile = lineNumber > 0 ? _paths.ToAbsolute(file) : null;
            what = WithoutStop(what);
            return lineNumber > 0;
        }

        if (what.StartsWith('[') && what.LastIndexOf(']') is var close and > 0)
        {
            var target = what[1..close];
            var status = what[(close + 1)..].Trim();
            var colon = target.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0)
            {
                GccLine.SplitPlace(target[..colon], out var file, out lineNumber, out _);
                makefile = lineNumber > 0 ? _paths.ToAbsolute(file) : null;
                target = target[(colon + 2)..];
            }

            what = $"'{_paths.Clean(target)}' could not be made ({status})";
        }
        else
        {
            what = WithoutStop(what);
        }

        return true;
    }

    /// <summary>The length of <c>make: </c>, <c>gmake[2]: </c> or the like; 0 when a line does not begin so.</summary>
    private static int MakePrefix(string line)
    {
        var end = line.IndexOf(": ", StringComparison.Ordinal);
        if (end < 4)
        {
            return 0;
        }

        var name = line.AsSpan(0, end);
        if (name[^1] == ']' && name.LastIndexOf('[') is var open and > 0
            && int.TryParse(name[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            name = name[..open];
        }

        name = name[(name.LastIndexOf('/') + 1)..];
        return name.EndsWith("make") || name.StartsWith("make") && name.IndexOfAny(" .") < 0 ? end + 2 : 0;
    }

    private static string WithoutStop(string text) =>
        text.EndsWith("  Stop.", StringComparison.Ordinal) ? text[..^"  Stop.".Length] : text;

    /// <summary>The module or object that modpost names: in brackets, or a word that ends in .ko or .o.</summary>
    private string? Module(string text)
    {
        var open = text.LastIndexOf('[');
        if (open >= 0 && text.IndexOf(']', open) is var close and > 0 && text.AsSpan(open, close - open).EndsWith(".ko"))
        {
            return _paths.ToAbsolute(text[(open + 1)..close]);
        }

        foreach (var word in text.Split(' ', '(', ':'))
        {
            if (word.EndsWith(".ko", StringComparison.Ordinal) || word.EndsWith(".o", StringComparison.Ordinal))
            {
                return _paths.ToAbsolute(word);
            }
        }

        return null;
    }

    private bool IsProgress(string line)
    {
        if (line.StartsWith("  MODPOST ", StringComparison.Ordinal) || line.Contains("scripts/mod/modpost ", StringComparison.Ordinal))
        {
            HasModpostRun = true;
            return true;
        }

        if (line.StartsWith("Skipping BTF generation", StringComparison.Ordinal))
        {
            return true;
        }

        // `  CC [M]  a.o`: kbuild's quiet commands are two blanks and a word in capitals.
        return line.Length > 4 && line.StartsWith("  ", StringComparison.Ordinal) && char.IsAsciiLetterUpper(line[2]) && char.IsAsciiLetterUpper(line[3])
            || MakePrefix(line) is var length and > 0
                && (line.AsSpan(length).StartsWith("Entering directory") || line.AsSpan(length).StartsWith("Leaving directory")
                    || line.AsSpan(length).StartsWith("Nothing to be done"));
    }

    private void Add(DiagnosticDescriptor descriptor, string text, string? subject, bool isModpost = false) =>
        _messages.Add(new KbuildMessage(new Diagnostic(descriptor, _paths.Clean(text), subject), subject, isModpost));
}
