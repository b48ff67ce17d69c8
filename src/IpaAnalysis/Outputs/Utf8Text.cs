using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IpaAnalysis.Files;

namespace IpaAnalysis.Outputs;

/// <summary>
/// JSON in the making, in memory that is used again. It lies in chunks: what some functions of a kernel's headers affect is
/// megabytes long, and one array that grows to hold it would be copied again and again.
/// </summary>
internal sealed class Utf8Text(JavaScriptEncoder encoder)
{
    // Below what the runtime takes for large, and above the buffer of a file, which such a write passes by.
    private const int ChunkSize = 80_000;

    // A text of unusual length is not to hold its memory to the end.
    private const int MostChunksKept = 100;

    // What stands for itself under every encoder that escapes no more than JSON demands.
    private static readonly SearchValues<byte> s_plain = SearchValues.Create(Bytes.Where(static b => b is >= (byte)' ' and <= (byte)'~' and not ((byte)'"' or (byte)'\\')));

    private readonly List<(byte[] Bytes, int Length)> _full = [];
    private readonly Stack<byte[]> _free = new();
    private byte[] _bytes = new byte[ChunkSize];
    private int _length;

    /// <summary>Copies what was written since <see cref="Clear"/>.</summary>
    public void CopyTo(Stream stream)
    {
        foreach (var (bytes, length) in _full)
        {
            stream.Write(bytes, 0, length);
        }

        stream.Write(_bytes, 0, _length);
    }

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    public byte[] ToArray()
    {
        using var stream = new MemoryStream(_full.Sum(c => c.Length) + _length);
        CopyTo(stream);
        return stream.ToArray();
    }

    public void Clear()
    {
        foreach (var (bytes, _) in _full)
        {
            if (bytes.Length == ChunkSize && _free.Count < MostChunksKept)
            {
                _free.Push(bytes);
            }
        }

        _full.Clear();
        _length = 0;
    }

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
            _full.Add((_bytes, _length));
            _bytes = length <= ChunkSize && _free.TryPop(out var free) ? free : new byte[Math.Max(length, ChunkSize)];
            _length = 0;
        }

        return _bytes.AsSpan(_length);
    }
}
