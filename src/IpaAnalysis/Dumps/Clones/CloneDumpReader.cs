using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Dumps.Clones;

/// <summary>
/// Reads a dump of <c>-fdump-ipa-clones</c>, forward only and without copying: GCC 7 and later, and the older form of
/// patched GCC 4.8 to 6.
/// </summary>
/// <remarks>
/// GCC quotes nothing, so names and files may hold <c>;</c> or newlines; <see cref="CloneDumpRecords"/> has the rules.
/// A record whose fields are only complete with the lines that follow is joined with them, up to the next line that
/// begins a record. What cannot be understood becomes <see cref="DiagnosticCatalog.DumpLine"/>, one per line up to a
/// limit and a count for the rest, reported when <see cref="Read"/> returns false. So does a record that can be read but
/// that shows damage: a control character, the beginning of another record, more fields than names that come again
/// explain, or a last line without end.
/// </remarks>
internal ref struct CloneDumpReader
{
    private const string DamagedMessage =
        "This record can be read, but GCC does not write such: it holds a control character, parts of other records or a field too many, or its end is missing. "
        + "The compiler was killed, the disk was full or several processes wrote the dump; records may be missing. Compile the unit again.";

    private LineCursor _lines;
    private UnreadableLines _unreadable;
    private RepeatedNames _names;

    /// <summary>Begins to read a dump.</summary>
    /// <param name="text">The whole dump.</param>
    /// <param name="file">Its path, for diagnostics.</param>
    /// <param name="diagnostics">Receives what cannot be understood.</param>
    public CloneDumpReader(ReadOnlySpan<byte> text, string file, DiagnosticBag diagnostics)
    {
        _lines = new LineCursor(text);
        _unreadable = new UnreadableLines(DiagnosticCatalog.DumpLine, file, diagnostics);
        _names = new RepeatedNames(text, ";"u8);
    }

    /// <summary>Reads the next record; false at the end of the dump.</summary>
    public bool Read(out CloneDumpRecord record)
    {
        while (_lines.MoveNext())
        {
            if (CloneDumpRecords.TryParse(_lines.Current, _lines.Line, out record, out var isUsual) || TryJoined(out record, out isUsual))
            {
                if (!isUsual || _lines.IsDamaged)
                {
                    Doubt(record);
                }

                return true;
            }

            _unreadable.Report(_lines.Line, CloneDumpMessages.Unreadable(_lines.Current));
        }

        _names.Report(ref _unreadable, DamagedMessage);
        _unreadable.Finish();
        record = default;
        return false;
    }

    /// <summary>Reports a record that could be read, unless it is only a name with separators that makes it unusual.</summary>
    private void Doubt(scoped CloneDumpRecord record)
    {
        if (_lines.IsDamaged || CloneDumpRecords.IsDamaged(_lines.Current, record) || !AddNames(record))
        {
            _unreadable.Report(_lines.Line, DamagedMessage);
        }
    }

    private bool AddNames(scoped CloneDumpRecord record)
    {
        // Two equal lines that ran into each other have two equal files as well, with a number in each.
        var original = record.Original.Location.File;
        var copy = record.Copy.Location.File;
        var isOne = copy.SequenceEqual(original) && CloneDumpRecords.HoldsNumber(copy);
        const int OftenWithNumbers = 3;
        return _names.Add(record.Original.Symbol, _lines.Line)
            && _names.Add(original, _lines.Line, CloneDumpRecords.HoldsNumber(original) ? OftenWithNumbers : 2)
            && _names.Add(record.Copy.Symbol, _lines.Line)
            && (isOne || _names.Add(copy, _lines.Line, CloneDumpRecords.HoldsNumber(copy) ? OftenWithNumbers : 2));
    }

    private bool TryJoined(out CloneDumpRecord record, out bool isUsual)
    {
        if (CloneDumpRecords.IsStart(_lines.Current))
        {
            while (!CloneDumpRecords.IsStart(_lines.Following) && _lines.Join())
            {
                if (CloneDumpRecords.TryParse(_lines.Current, _lines.Line, out record, out isUsual))
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
}
