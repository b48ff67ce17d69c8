using System.Text;

namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>Tells the places of offsets that never decrease, in one pass over the text.</summary>
internal ref struct SourcePlaces(ReadOnlySpan<byte> text, List<SourceLinemarker> markers)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private string? _file;
    private int _marker;
    private int _lineStart;
    private int _seen;
    private int _line = 1;

    public (string? File, int Line, int Column) At(int offset)
    {
        while (_marker < markers.Count && markers[_marker].Next <= offset)
        {
            var marker = markers[_marker++];
            _lineStart = marker.Next;
            _line = marker.Line;
            if (marker.FileEnd > marker.FileStart && !IsFile(marker))
            {
                _file = Name(_text[marker.FileStart..marker.FileEnd]);
            }
        }

        // What was looked at for an earlier offset of the line is not looked at again.
        var at = Math.Max(_lineStart, _seen);
        while (at < offset)
        {
            var length = _text[at..offset].IndexOfAny((byte)'\n', (byte)'\r');
            if (length < 0)
            {
                break;
            }

            _lineStart = SourceLexer.AfterLine(_text, at + length);
            _line = unchecked(_line + 1);
            at = _lineStart;
        }

        _seen = offset;
        return (_file, _line, offset - _lineStart + 1);
    }

    /// <summary>Whether a marker names the file that is current already, as most do.</summary>
    private readonly bool IsFile(SourceLinemarker marker)
    {
        var quoted = _text[marker.FileStart..marker.FileEnd];
        return _file is not null && quoted.Length == _file.Length + 2 && !quoted.Contains((byte)'\\') && Utf8NameComparer.Instance.Equals(quoted[1..^1], _file);
    }

    private static string Name(ReadOnlySpan<byte> quoted)
    {
        var name = Encoding.UTF8.GetString(quoted).AsSpan().Trim('"').ToString();
        return name.Contains('\\', StringComparison.Ordinal)
            ? name.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : name;
    }
}
