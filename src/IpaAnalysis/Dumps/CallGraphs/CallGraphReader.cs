using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Dumps.CallGraphs;

/// <summary>
/// Reads a call graph of <c>-fcallgraph-info</c> (GCC 10 and later, with any of its decorations), forward only and
/// without copying.
/// </summary>
/// <remarks>
/// GCC writes VCG and strips the quotes from names, but not from files, and escapes nothing (<c>print_decl_identifier</c>).
/// So titles are parsed from the left, locations from the right, and a record that is not complete is joined with the
/// lines that follow, up to the next line that begins one. What cannot be understood becomes
/// <see cref="DiagnosticCatalog.CallGraphLine"/>, one per line up to a limit and a count for the rest. So does
/// a record that can be read but that shows damage: a control character, the beginning of another record, a quote in a
/// name, a file with quotes that comes once, or a decoration that GCC does not write. A node of an alias is read with the
/// edge that GCC writes behind it, which is no call.
/// </remarks>
internal ref struct CallGraphReader
{
    private const string DamagedMessage =
        "This record can be read, but GCC does not write such: it holds a control character, parts of other records or an unknown decoration, or its end is missing. "
        + "The compiler was killed, the disk was full or several processes wrote the file; records may be missing. Compile the unit again.";

    private LineCursor _lines;
    private UnreadableLines _unreadable;
    private RepeatedNames _files;
    private CallGraphTitles _titles;
    private CallGraphRecord _alias;
    private State _state;

    /// <summary>Begins to read a call graph.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="file">Its path, for diagnostics.</param>
    /// <param name="diagnostics">Receives what cannot be understood.</param>
    public CallGraphReader(ReadOnlySpan<byte> text, string file, DiagnosticBag diagnostics)
    {
        _lines = new LineCursor(text);
        _unreadable = new UnreadableLines(DiagnosticCatalog.CallGraphLine, file, diagnostics);
        _files = new RepeatedNames(text, "\":\\"u8);
    }

    private enum State
    {
        BeforeHeader,
        InGraph,
        Closed,
        Ended,
    }

    /// <summary>Reads the next record; false at the end of the file.</summary>
    public bool Read(out CallGraphRecord record)
    {
        while (_lines.MoveNext())
        {
            CallGraphRecord current;
            if (CallGraphRecords.IsEnd(_lines.Current))
            {
                NeedTarget();
                NeedGraph();
                _state = State.Closed;
                continue;
            }

            if (!CallGraphRecords.TryParse(_lines.Current, _titles, _lines.Line, out current, out var isUsual) && !TryJoined(out current, out isUsual))
            {
                NeedTarget();
                NeedGraph();
                _unreadable.Report(_lines.Line, CallGraphMessages.Unreadable(_lines.Current));
                continue;
            }

            if (!isUsual || _lines.IsDamaged)
            {
                Doubt(current);
            }

            if (current.Kind == CallGraphRecordKind.Call && _alias.Line != 0 && _alias.Symbol.SequenceEqual(current.Caller) && !current.IsIndirect)
            {
                record = _alias.WithTarget(current.Callee);
                _alias = default;
                return true;
            }

            NeedTarget();
            if (current.Kind == CallGraphRecordKind.Unit)
            {
                BeginGraph();
                record = current;
                return true;
            }

            NeedGraph();
            if (current.Kind == CallGraphRecordKind.Alias)
            {
                _alias = current;
            }
            else if (!current.IsPlaceholder)
            {
                record = current;
                return true;
            }
        }

        Finish();
        record = default;
        return false;
    }

    private bool TryJoined(out CallGraphRecord record, out bool isUsual)
    {
        if (CallGraphRecords.IsStart(_lines.Current))
        {
            while (!CallGraphRecords.IsStart(_lines.Following) && _lines.Join())
            {
                if (CallGraphRecords.TryParse(_lines.Current, _titles, _lines.Line, out record, out isUsual))
                {
                    return true;
                }
            }

            _lines.Unjoin();
        }

        isUsual = false;
        record = default;
        return false;
    }

    /// <summary>Reports a record that could be read, unless it is only a file of an unusual name that makes it so.</summary>
    private void Doubt(scoped CallGraphRecord record)
    {
        var file = record.Kind == CallGraphRecordKind.Unit ? record.MainFile : record.Location.File;
        if (_lines.IsDamaged
            || CallGraphRecords.IsDamaged(_lines.Current, record)
            || (CallGraphRecords.IsUnusual(file) && !_files.Add(file, _lines.Line)))
        {
            _unreadable.Report(_lines.Line, DamagedMessage);
        }
        else if (!record.UnknownPart.IsEmpty)
        {
            _unreadable.Report(_lines.Line, CallGraphMessages.UnknownPart(record));
        }
    }

    /// <summary>Reports an alias whose edge did not follow.</summary>
    private void NeedTarget()
    {
        if (_alias.Line != 0)
        {
            _unreadable.Report(_alias.Line, CallGraphMessages.AliasWithoutTarget);
            _alias = default;
        }
    }

    private void BeginGraph()
    {
        if (_state != State.BeforeHeader)
        {
            _unreadable.Report(_lines.Line,
                "A second call graph begins in this file: several compiles wrote it, and functions may be missing or be those of another unit. Compile the unit again.");
        }

        _titles = new CallGraphTitles(CallGraphRecords.MainFile(_lines.Current));
        _state = State.InGraph;
    }

    private void NeedGraph()
    {
        if (_state != State.InGraph)
        {
            _state = State.InGraph;
            _unreadable.Report(_lines.Line,
                "The title of the call graph does not come before this line, so names of static functions may be wrong. Compile the unit again, with no other process writing the file.");
        }
    }

    private void Finish()
    {
        NeedTarget();
        if (_state is State.BeforeHeader or State.InGraph)
        {
            _unreadable.Report(_lines.Line, _state == State.BeforeHeader
                ? "The call graph is empty: the compiler was killed or the disk was full. Compile the unit again."
                : "The call graph ends before its closing brace: the compiler was killed or the disk was full. Compile the unit again.");
        }

        _state = State.Ended;
        _files.Report(ref _unreadable, DamagedMessage);
        _unreadable.Finish();
    }
}
