using System.Buffers;
using System.Text;
using System.Text.Unicode;
using IpaAnalysis.Files;

namespace IpaAnalysis.Summaries.Names;

/// <summary>Interns names from raw bytes while an object's files are read; used again for the next object.</summary>
internal sealed class NamePoolBuilder
{
    /// <summary>What a name holds that may have to be escaped: most hold none of it.</summary>
    private static readonly SearchValues<byte> s_suspicious = SearchValues.Create(Bytes.Where(static b => b is (byte)'\\' or >= 0x80));

    private readonly SlotTable _slots = new();
    private byte[] _bytes = new byte[4096];
    private int[] _ends = new int[256];
    private int _length;

    /// <summary>The number of names so far.</summary>
    public int Count => _slots.Count;

    /// <summary>The first name that had to be escaped, in its escaped form; null when none had to.</summary>
    public string? FirstEscaped { get; private set; }

    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            var start = id == 0 ? 0 : _ends[id - 1];
            return _bytes.AsSpan(start, _ends[id] - start);
        }
    }

    /// <summary>Forgets all names.</summary>
    public void Clear()
    {
        _slots.Clear();
        _length = 0;
        FirstEscaped = null;
    }

    /// <summary>The index of a name, which is added when it is new.</summary>
    /// <remarks>
    /// Bytes that are not UTF-8 become <c>\xHH</c>, and so do the backslashes of such a name and of one that holds an
    /// escape by itself: two different names stay different.
    /// </remarks>
    public int Add(ReadOnlySpan<byte> name)
    {
        if (NeedsEscape(name))
        {
            name = Escape(name);
            FirstEscaped ??= Encoding.UTF8.GetString(name);
        }

        var hash = (uint)StableHash.Of(name);
        var id = Find(name, hash, out var place);
        return id >= 0 ? id : Insert(name, hash, place);
    }

    /// <summary>The index of a name that is there, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        name = NeedsEscape(name) ? Escape(name) : name;
        return Find(name, (uint)StableHash.Of(name), out _);
    }

    public NamePool Freeze() => new(_bytes[.._length], _ends[..Count]);

    private static bool NeedsEscape(ReadOnlySpan<byte> name)
    {
        if (!name.ContainsAny(s_suspicious))
        {
            return false;
        }

        if (!Utf8.IsValid(name))
        {
            return true;
        }

        for (var rest = name; rest.IndexOf("\\x"u8) is >= 0 and var start; rest = rest[(start + 2)..])
        {
            if (start + 3 < rest.Length && char.IsAsciiHexDigitUpper((char)rest[start + 2]) && char.IsAsciiHexDigitUpper((char)rest[start + 3]))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Escape(ReadOnlySpan<byte> name)
    {
        var escaped = new List<byte>(name.Length + 16);
        while (!name.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(name, out var rune, out var length);
            if (status == System.Buffers.OperationStatus.Done && rune.Value != '\\')
            {
                escaped.AddRange(name[..length]);
            }
            else
            {
                foreach (var b in name[..length])
                {
                    escaped.AddRange(Encoding.ASCII.GetBytes($"\\x{b:X2}"));
                }
            }

            name = name[length..];
        }

        return [.. escaped];
    }

    private int Find(ReadOnlySpan<byte> name, uint hash, out int place)
    {
        place = _slots.Start(hash);
        int id;
        while ((id = _slots.Next(hash, ref place)) >= 0 && !this[id].SequenceEqual(name))
        {
        }

        return id;
    }

    private int Insert(ReadOnlySpan<byte> name, uint hash, int place)
    {
        if (_bytes.Length - _length < name.Length)
        {
            // The name may be a part of these very bytes: they stay as they are while it is copied.
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + name.Length));
        }

        name.CopyTo(_bytes.AsSpan(_length));
        _length += name.Length;
        var id = _slots.Insert(hash, place);
        if (id == _ends.Length)
        {
            Array.Resize(ref _ends, id * 2);
        }

        _ends[id] = _length;
        return id;
    }
}
