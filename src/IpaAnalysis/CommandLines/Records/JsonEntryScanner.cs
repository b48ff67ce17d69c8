namespace IpaAnalysis.CommandLines.Records;

/// <summary>
/// Cuts the objects out of a JSON array without judging them, so that one bad object does not cost the others
/// and only one object is in memory at a time.
/// </summary>
internal sealed class JsonEntryScanner(Stream stream)
{
    private byte[] _buffer = new byte[64 << 10];
    private int _start;
    private int _length;

    /// <summary>1-based line of the entry that <see cref="TryNext"/> gave, or of the end.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>1-based line where scanning is.</summary>
    private int _line = 1;

    /// <summary>Whether the text ended inside an object.</summary>
    public bool EndsInside { get; private set; }

    /// <summary>Whether something other than commas and blanks stood before the entry or the end.</summary>
    public bool HasStray { get; private set; }

    /// <summary>Whether the array's closing bracket was seen.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Reads up to the opening bracket.</summary>
    /// <returns>False when the text is no array.</returns>
    public bool TryOpen()
    {
        SkipMark();
        while (TryPeek(0, out var b))
        {
            _start++;
            switch (b)
            {
                case (byte)'[':
                    return true;
                case (byte)'\n':
                    _line++;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                default:
                    return false;
            }

            Line = _line;
        }

        return false;
    }

    /// <summary>Reads the next object's text.</summary>
    /// <param name="entry">The text from brace to brace, valid until the next call.</param>
    public bool TryNext(out ReadOnlySpan<byte> entry)
    {
        HasStray = false;
        entry = default;
        while (TryPeek(0, out var b))
        {
            Line = _line;
            if (b == (byte)'{')
            {
                var size = Measure();
                entry = _buffer.AsSpan(_start, size);
                _start += size;
                return true;
            }

            _start++;
            _line += b == (byte)'\n' ? 1 : 0;
            if (b == (byte)']')
            {
                HasStray |= IsClosed;
                IsClosed = true;
            }
            else
            {
                HasStray |= IsClosed ? !char.IsWhiteSpace((char)b) : b is not ((byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');
            }
        }

        return false;
    }

    private int Measure()
    {
        var depth = 0;
        var inString = false;
        for (var at = 0; ; at++)
        {
            if (!TryPeek(at, out var b))
            {
                EndsInside = true;
                return at;
            }

            if (b == (byte)'\n')
            {
                // A string cannot hold a newline: an unclosed one ends here.
                _line++;
                inString = false;
            }
            else if (b == (byte)'"')
            {
                inString = !inString;
            }
            else if (inString)
            {
                at += b == (byte)'\\' && TryPeek(at + 1, out var escaped) && escaped != (byte)'\n' ? 1 : 0;
            }
            else if (b is (byte)'{' or (byte)'}')
            {
                depth += b == (byte)'{' ? 1 : -1;
                if (depth == 0)
                {
                    return at + 1;
                }
            }
        }
    }

    private void SkipMark()
    {
        if (TryPeek(2, out var last) && _buffer[_start] == 0xEF && _buffer[_start + 1] == 0xBB && last == 0xBF)
        {
            _start += 3;
        }
    }

    private bool TryPeek(int offset, out byte value)
    {
        while (_start + offset >= _length)
        {
            if (!Fill())
            {
                value = 0;
                return false;
            }
        }

        value = _buffer[_start + offset];
        return true;
    }

    private bool Fill()
    {
        if (_length == _buffer.Length)
        {
            var kept = _length - _start;
            var target = kept > _buffer.Length / 2 ? new byte[checked(_buffer.Length * 2)] : _buffer;
            _buffer.AsSpan(_start, kept).CopyTo(target);
            (_buffer, _start, _length) = (target, 0, kept);
        }

        var read = stream.Read(_buffer, _length, _buffer.Length - _length);
        _length += read;
        return read > 0;
    }
}
