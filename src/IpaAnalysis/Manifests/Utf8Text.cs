using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IpaAnalysis.Manifests;

/// <summary>JSON in the making, in memory that is used again.</summary>
internal sealed class Utf8Text(JavaScriptEncoder encoder)
{
    // What stands for itself under every encoder that escapes no more than JSON demands.
    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => c is not ('"' or '\\')).Select(c => (byte)c)]);

    private byte[] _bytes = new byte[1 << 12];
    private int _length;

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Writes JSON as it is.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        _length += json.Length;
    }

    /// <summary>Writes a string.</summary>
    public void String(ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAnyExcept(s_plain))
        {
            utf8 = JsonEncodedText.Encode(utf8, encoder).EncodedUtf8Bytes;
        }

        var room = Room(utf8.Length + 2);
        room[0] = (byte)'"';
        utf8.CopyTo(room[1..]);
        room[utf8.Length + 1] = (byte)'"';
        _length += utf8.Length + 2;
    }

    /// <summary>Writes a string, or null for one that is missing.</summary>
    public void String(string? text)
    {
        if (text is null)
        {
            Raw("null"u8);
            return;
        }

        // Not through bytes first: what is no valid UTF-16 is escaped in its own way.
        Raw("\""u8);
        Raw(JsonEncodedText.Encode(text, encoder).EncodedUtf8Bytes);
        Raw("\""u8);
    }

    /// <summary>Writes a number, or null for one that is unknown.</summary>
    public void PositiveOrNull(int value)
    {
        if (value <= 0)
        {
            Raw("null"u8);
            return;
        }

        Utf8Formatter.TryFormat(value, Room(11), out var written);
        _length += written;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        return _bytes.AsSpan(_length);
    }
}
