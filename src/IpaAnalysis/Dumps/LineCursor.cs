using System.Buffers;

namespace IpaAnalysis.Dumps;

/// <summary>Walks over the lines of a text, joins lines for records that hold newlines, and notes what no line of GCC holds.</summary>
/// <remarks>Lines end with LF or CRLF; the last may lack it. Nothing is copied.</remarks>
internal ref struct LineCursor(ReadOnlySpan<byte> text)
{
    /// <summary>How many lines one record may span: bounds the work that hostile text can ask for.</summary>
    private const int MaxJoinedLines = 32;

    /// <summary>The ASCII control characters: one search for all of them costs what one for the end of the line does.</summary>
    private static readonly SearchValues<byte> s_controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(static c => (byte)c), 127]);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _start;
    private int _end;
    private int _next;
    private int _lines;
    private int _joined;
    private int _afterFirst;
    private bool _firstIsDamaged;
    private bool _hasCarriageReturns;

    /// <summary>1-based number of the first line of <see cref="Current"/>; of the last line of the text after the end.</summary>
    public int Line { get; private set; }

    /// <summary>The line or the joined lines, without the last terminator.</summary>
    public readonly ReadOnlySpan<byte> Current => _text[_start.._end];

    /// <summary>What follows <see cref="Current"/>.</summary>
    public readonly ReadOnlySpan<byte> Following => _text[_next..];

    /// <summary>
    /// Whether <see cref="Current"/> holds a control character, a newline between joined lines among them, or lacks its
    /// end: zero-filled blocks, torn writes and cut files look so.
    /// </summary>
    public bool IsDamaged { get; private set; }

    /// <summary>Whether <see cref="Current"/> ended with CRLF though the text's lines end with LF.</summary>
    public bool HasStrayReturn { get; private set; }

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext()
    {
        if (_next >= _text.Length)
        {
            Line = _lines;
            return false;
        }

        _start = _next;
        (IsDamaged, HasStrayReturn) = (false, false);
        TakeLine();
        _firstIsDamaged = IsDamaged;
        Line = _lines;
        _joined = 1;
        _afterFirst = _next;
        return true;
    }

    /// <summary>Joins the following line to <see cref="Current"/>; false if there is none or the bound is reached.</summary>
    public bool Join()
    {
        if (_next >= _text.Length || _joined >= MaxJoinedLines)
        {
            return false;
        }

        IsDamaged = true;
        TakeLine();
        _joined++;
        return true;
    }

    /// <summary>Undoes every join, so that the lines are read one by one.</summary>
    public void Unjoin()
    {
        _next = _afterFirst;
        _lines = Line;
        IsDamaged = _firstIsDamaged;
    }

    private void TakeLine()
    {
        var end = _next;
        while (true)
        {
            var length = _text[end..].IndexOfAny(s_controls);
            if (length < 0)
            {
                (_end, _next) = (_text.Length, _text.Length);
                IsDamaged = true;
                break;
            }

            end += length;
            if (_text[end] == (byte)'\n')
            {
                (_end, _next) = (end, end + 1);
                break;
            }

            var endsLine = _text[end] == (byte)'\r' && (end + 1 == _text.Length || _text[end + 1] == (byte)'\n');
            IsDamaged |= !endsLine;
            end++;
        }

        if (_end > _start && _text[_end - 1] == (byte)'\r')
        {
            // A whole file may have been converted; one carriage return among other lines is damage.
            _end--;
            _hasCarriageReturns |= _lines == 0;
            HasStrayReturn |= !_hasCarriageReturns;
            IsDamaged |= HasStrayReturn;
        }

        _lines++;
    }
}
