namespace IpaAnalysis.Dumps;

/// <summary>Walks over the lines of a text, and joins lines for records that hold newlines.</summary>
/// <remarks>Lines end with LF or CRLF; the last may lack it. Nothing is copied.</remarks>
internal ref struct LineCursor(ReadOnlySpan<byte> text)
{
    /// <summary>How many lines one record may span: bounds the work that hostile text can ask for.</summary>
    private const int MaxJoinedLines = 32;

    private readonly ReadOnlySpan<byte> _text = text;
    private int _start;
    private int _end;
    private int _next;
    private int _lines;
    private int _joined;
    private int _afterFirst;

    /// <summary>1-based number of the first line of <see cref="Current"/>; of the last line of the text after the end.</summary>
    public int Line { get; private set; }

    /// <summary>The line or the joined lines, without the last terminator.</summary>
    public readonly ReadOnlySpan<byte> Current => _text[_start.._end];

    /// <summary>What follows <see cref="Current"/>.</summary>
    public readonly ReadOnlySpan<byte> Following => _text[_next..];

    /// <summary>Goes to the next line.</summary>
    public bool MoveNext()
    {
        if (_next >= _text.Length)
        {
            Line = _lines;
            return false;
        }

        _start = _next;
        TakeLine();
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

        TakeLine();
        _joined++;
        return true;
    }

    /// <summary>Undoes every join, so that the lines are read one by one.</summary>
    public void Unjoin()
    {
        _next = _afterFirst;
        _lines = Line;
    }

    private void TakeLine()
    {
        var length = _text[_next..].IndexOf((byte)'\n');
        _end = length < 0 ? _text.Length : _next + length;
        _next = length < 0 ? _text.Length : _end + 1;
        if (_end > _start && _text[_end - 1] == (byte)'\r')
        {
            _end--;
        }

        _lines++;
    }
}
