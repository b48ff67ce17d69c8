using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Dumps.Folding;

/// <summary>
/// Reads the dump of <c>-fdump-ipa-icf-optimized</c> (GCC 10 and later), forward only and without copying, and returns
/// the functions that were folded.
/// </summary>
/// <remarks>
/// GCC writes <c>Semantic equality hit:a/1->b/2</c> with source names, the same with <c>Assembler symbol names:</c>, and
/// then, if it unified the two, what it made; for a wrapper the passes that look at the new body write between. The dump
/// holds much else, down to whole function bodies, which is skipped. A hit whose names cannot be understood becomes
/// <see cref="DiagnosticCatalog.FoldingRecordLine"/>, and so does a line that shows damage.
/// </remarks>
internal ref struct FoldingRecordReader
{
    private const string DamagedMessage =
        "This line is damaged: it holds a control character or parts of other lines, or its end is missing. The compiler was killed, the disk was full or several processes "
        + "wrote the file; a function folded into another may be missing. Compile the unit again.";

    private LineCursor _lines;
    private UnreadableLines _unreadable;
    private ReadOnlySpan<byte> _kept;
    private ReadOnlySpan<byte> _folded;
    private ReadOnlySpan<byte> _hit;
    private int _hitLine;
    private int _namesLine;

    /// <summary>Begins to read a dump.</summary>
    /// <param name="text">The whole dump.</param>
    /// <param name="file">Its path, for diagnostics.</param>
    /// <param name="diagnostics">Receives what cannot be understood.</param>
    public FoldingRecordReader(ReadOnlySpan<byte> text, string file, DiagnosticBag diagnostics)
    {
        _lines = new LineCursor(text);
        _unreadable = new UnreadableLines(DiagnosticCatalog.FoldingRecordLine, file, diagnostics);
    }

    private static ReadOnlySpan<byte> Hit => "optimized: Semantic equality hit:"u8;

    private static ReadOnlySpan<byte> Names => "optimized: Assembler symbol names:"u8;

    private static ReadOnlySpan<byte> Optimized => "optimized: "u8;

    private static ReadOnlySpan<byte> Unified => "Unified; "u8;

    private static ReadOnlySpan<byte> VariableAlias => "Unified; Variable alias has been created."u8;

    /// <summary>Reads the next folded pair; false at the end of the dump.</summary>
    public bool Read(out FoldingRecord record)
    {
        while (_lines.MoveNext())
        {
            if (_lines.IsDamaged && (_lines.HasStrayReturn || IsTorn(_lines.Current, _lines.Following)))
            {
                _unreadable.Report(_lines.Line, DamagedMessage);
            }

            if (TryAfter(_lines.Current, Hit, out var sourceNames))
            {
                NeedNames();
                if (IsGlued(_lines.Current))
                {
                    _unreadable.Report(_lines.Line, DamagedMessage);
                }

                _hit = sourceNames;
                (_hitLine, _namesLine) = (_lines.Line, 0);
            }
            else if (TryAfter(_lines.Current, Names, out var names))
            {
                ReadNames(names);
            }
            else if (TryOutcome(_lines.Current, out var kind))
            {
                if (_namesLine != 0)
                {
                    record = new FoldingRecord(_kept, _folded, kind, _namesLine);
                    _namesLine = 0;
                    return true;
                }

                _hitLine = _hitLine != 0 ? _hitLine : _lines.Line;
                NeedNames();
            }
            else if (_lines.Current.SequenceEqual(VariableAlias) && _namesLine != 0)
            {
                _namesLine = 0;
            }
            else if (IsBroken(_lines.Current))
            {
                _unreadable.Report(_lines.Line, DamagedMessage);
            }
        }

        NeedNames();
        _unreadable.Finish();
        record = default;
        return false;
    }

    /// <summary>
    /// Whether a line with a control character or without end is damage. GCC escapes those of string constants, but writes
    /// the text of assembly as it is, which holds tabs.
    /// </summary>
    private static bool IsTorn(ReadOnlySpan<byte> line, ReadOnlySpan<byte> following) =>
        following.IsEmpty
        || line.ContainsAnyInRange((byte)0, (byte)8)
        || line.ContainsAnyInRange((byte)10, (byte)31)
        || line.Contains((byte)127)
        || line.IndexOf(Optimized) >= 0;

    /// <summary>Whether a line that is no message begins or ends like one; the text of a function holds such in quotes only.</summary>
    private static bool IsBroken(ReadOnlySpan<byte> line) =>
        line.StartsWith("Unified"u8)
        || HasOutsideOfQuotes(line, "has been created"u8)
        || HasOutsideOfQuotes(line, "body was removed"u8)
        || HasOutsideOfQuotes(line, "symbol names:"u8)
        || HasOutsideOfQuotes(line, "equality hit:"u8)
        || HasOutsideOfQuotes(line, Optimized);

    private static bool HasOutsideOfQuotes(ReadOnlySpan<byte> line, ReadOnlySpan<byte> text)
    {
        if (line.IndexOf(text) is not (>= 0 and var at))
        {
            return false;
        }

        // GCC writes a quote within a string as \".
        var isInQuotes = false;
        for (var i = 0; i < at; i++)
        {
            isInQuotes ^= line[i] == (byte)'"';
            i += line[i] == (byte)'\\' ? 1 : 0;
        }

        return !isInQuotes || line[at..].IndexOf((byte)'"') < 0;
    }

    /// <summary>Whether what stands before a hit is the rest of another line rather than the place of a function: no compiler is given files with such names.</summary>
    private static bool IsGlued(ReadOnlySpan<byte> hit) => hit[..hit.IndexOf(Hit)].Contains((byte)'"');

    /// <summary>Reads the line of assembler names; the orders of the source names tell where the names end.</summary>
    private void ReadNames(ReadOnlySpan<byte> names)
    {
        var read = _hitLine != 0
            && TrySplit(_hit, default, default, out _, out var keptOrder, out _, out var foldedOrder)
            && TrySplit(names, keptOrder, foldedOrder, out _kept, out _, out _folded, out _)
            && !_kept.Contains((byte)' ')
            && !_folded.Contains((byte)' ');
        if (!read)
        {
            Report(_lines.Line);
        }
        else if (_lines.Line != _hitLine + 1)
        {
            _unreadable.Report(_lines.Line, DamagedMessage);
        }

        (_namesLine, _hitLine) = (read ? _lines.Line : 0, 0);
    }

    /// <summary>Reports a hit that its assembler names did not follow, not always on the next line: a file name may hold a newline.</summary>
    private void NeedNames()
    {
        if (_hitLine != 0)
        {
            Report(_hitLine);
            _hitLine = 0;
        }
    }

    private void Report(int line) => _unreadable.Report(line,
        "GCC found two functions with equal bodies, but this record does not name them both, so a function folded into another may be missing. Compile the unit again.");

    /// <summary>Whether the line is the message, with nothing or with <c>file:line:column: </c> in front.</summary>
    private static bool TryAfter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> message, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        var start = line.IndexOf(message);
        if (start < 0
            || (start > 0 && !(line[..start].EndsWith(": "u8) && DumpText.TryLocation(line[..(start - 2)], out _))))
        {
            return false;
        }

        rest = line[(start + message.Length)..];
        return true;
    }

    /// <summary>Splits <c>a/1->b/2</c>, at the first place that may be it, or at the orders that are asked for.</summary>
    private static bool TrySplit(
        ReadOnlySpan<byte> text,
        ReadOnlySpan<byte> wantedKept,
        ReadOnlySpan<byte> wantedFolded,
        out ReadOnlySpan<byte> kept,
        out ReadOnlySpan<byte> keptOrder,
        out ReadOnlySpan<byte> folded,
        out ReadOnlySpan<byte> foldedOrder)
    {
        kept = keptOrder = default;
        if (!TryOrder(text, out folded, out foldedOrder) || !(wantedFolded.IsEmpty || foldedOrder.SequenceEqual(wantedFolded)))
        {
            return false;
        }

        for (var from = 0; folded[from..].IndexOf("->"u8) is >= 0 and var distance; from += distance + 2)
        {
            var arrow = from + distance;
            if (TryOrder(folded[..arrow], out kept, out keptOrder) && (wantedKept.IsEmpty || keptOrder.SequenceEqual(wantedKept)))
            {
                folded = folded[(arrow + 2)..];
                return !DumpText.AssemblerName(kept).IsEmpty && !DumpText.AssemblerName(folded).IsEmpty;
            }
        }

        return false;
    }

    /// <summary>Takes <c>/12</c> from the end.</summary>
    private static bool TryOrder(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> order)
    {
        var slash = text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var found = slash >= 0 && text[slash] == (byte)'/' && DumpText.TryNatural(text[(slash + 1)..], out _);
        name = found ? text[..slash] : default;
        order = found ? text[(slash + 1)..] : default;
        return found;
    }

    private static bool TryOutcome(ReadOnlySpan<byte> line, out FoldingKind kind)
    {
        kind = default;
        if (!line.StartsWith(Unified))
        {
            return false;
        }

        var outcome = line[Unified.Length..];
        if (outcome.SequenceEqual("Wrapper has been created."u8))
        {
            kind = FoldingKind.Wrapper;
        }
        else if (outcome.SequenceEqual("Function body was removed."u8))
        {
            kind = FoldingKind.Removed;
        }

        return kind != default || outcome.SequenceEqual("Function alias has been created."u8);
    }
}
