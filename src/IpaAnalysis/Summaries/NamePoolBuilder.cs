using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace IpaAnalysis.Summaries;

/// <summary>Interns names from raw bytes while an object's files are read.</summary>
internal sealed class NamePoolBuilder
{
    private readonly List<byte> _bytes = new(4096);
    private readonly List<int> _ends = new(256);
    private int[] _slots = NewSlots(512);

    /// <summary>The number of names so far.</summary>
    public int Count => _ends.Count;

    /// <summary>The first name that had to be escaped, in its escaped form; null when none had to.</summary>
    public string? FirstEscaped { get; private set; }

    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            var start = id == 0 ? 0 : _ends[id - 1];
            return CollectionsMarshal.AsSpan(_bytes)[start.._ends[id]];
        }
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

        ref var slot = ref FindSlot(name);
        if (slot >= 0)
        {
            return slot;
        }

        var id = _ends.Count;
        slot = id;
        _bytes.AddRange(name);
        _ends.Add(_bytes.Count);
        if (_ends.Count * 2 > _slots.Length)
        {
            Grow();
        }

        return id;
    }

    /// <summary>The index of a name that is there, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name) => FindSlot(NeedsEscape(name) ? Escape(name) : name);

    public NamePool Freeze() => new([.. _bytes], [.. _ends]);

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, -1);
        return slots;
    }

    private static bool NeedsEscape(ReadOnlySpan<byte> name)
    {
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

    private ref int FindSlot(ReadOnlySpan<byte> name)
    {
        var mask = _slots.Length - 1;
        var index = (int)Hash(name) & mask;
        while (_slots[index] >= 0 && !this[_slots[index]].SequenceEqual(name))
        {
            index = (index + 1) & mask;
        }

        return ref _slots[index];
    }

    private void Grow()
    {
        _slots = NewSlots(_slots.Length * 2);
        for (var id = 0; id < _ends.Count; id++)
        {
            FindSlot(this[id]) = id;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
        while (name.Length >= 8)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(name)) * 0x9FB21C651E98DF25;
            hash ^= hash >> 29;
            name = name[8..];
        }

        foreach (var b in name)
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return (uint)(hash ^ (hash >> 32));
    }
}
