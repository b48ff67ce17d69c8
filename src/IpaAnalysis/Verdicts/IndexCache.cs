using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Verdicts;

/// <summary>The indices of units (see <see cref="UnitIndex"/>) as they are kept between builds, each found by what its unit says.</summary>
internal sealed class IndexCache
{
    private const string Magic = "IPAINDEX";
    private const int Version = 4;

    /// <summary>
    /// The share of units whose index is made again rather than all of them written: that costs a tenth of a millisecond for
    /// each, and the file of a large kernel has tens of megabytes.
    /// </summary>
    private const int ToleratedShare = 64;

    /// <summary>The fewest bytes of an entry: a key of two numbers and a length.</summary>
    private const int SmallestEntry = (2 * sizeof(ulong)) + 1;

    private readonly string? _path;
    private SlotTable _slots = new();
    private Entry[] _known = [];
    private ReadOnlyMemory<byte> _content;
    private int _found;

    /// <summary>Reads what is kept; nothing when the file is missing, damaged, foreign or of another version.</summary>
    /// <param name="path">Absolute path; null keeps nothing.</param>
    public IndexCache(string? path)
    {
        _path = path;
        if (path is not null && StateFile.TryReadPayload(path, Magic, Version, out _) is { } payload)
        {
            Parse(payload);
        }
    }

    /// <summary>Looks for an index.</summary>
    public bool TryGet(Digest128 key, out ReadOnlyMemory<byte> index)
    {
        var slot = _slots.Start((uint)key.Low);
        int entry;
        while ((entry = _slots.Next((uint)key.Low, ref slot)) >= 0)
        {
            ref var known = ref _known[entry];
            if (known.Key == key)
            {
                _found += known.IsFound ? 0 : 1;
                known.IsFound = true;
                index = _content.Slice(known.Offset, known.Length);
                return true;
            }
        }

        index = default;
        return false;
    }

    /// <summary>Forgets what was read: an index in it is none.</summary>
    public void Forget() => (_known, _content, _slots, _found) = ([], default, new SlotTable(), 0);

    /// <summary>Keeps the indices of all units, unless but a few were not found. Where that cannot be, the next build makes them again.</summary>
    public void Keep(Digest128?[] keys, ReadOnlyMemory<byte>[] indices)
    {
        int[] kept = _path is null ? [] : Distinct(keys);
        var (made, gone) = (kept.Length - _found, _known.Length - _found);
        if (_path is null || (_known.Length > 0 && (made + gone) * (long)ToleratedShare <= _known.Length) || (made == 0 && gone == 0))
        {
            return;
        }

        var rows = new PackedWriter();
        rows.WriteBytes(Library);
        rows.WriteUnsigned((ulong)kept.Length);
        foreach (var unit in kept)
        {
            rows.WriteFixed(keys[unit]!.Value.High);
            rows.WriteFixed(keys[unit]!.Value.Low);
            rows.WriteUnsigned((ulong)indices[unit].Length);
        }

        try
        {
            StateFile.WriteLarge(_path, Magic, Version, stream =>
            {
                stream.Write(rows.Written);
                foreach (var unit in kept)
                {
                    stream.Write(indices[unit].Span);
                }
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The store of summaries lies in the same directory and tells of it.
        }
    }

    /// <summary>This very build of the library: another one may find something else.</summary>
    private static byte[] Library => typeof(IndexCache).Module.ModuleVersionId.ToByteArray();

    /// <summary>The units with a key, but of those that say the same only the first.</summary>
    private static int[] Distinct(Digest128?[] keys)
    {
        var slots = new SlotTable();
        var units = new int[keys.Length];
        for (var unit = 0; unit < keys.Length; unit++)
        {
            if (keys[unit] is not { } key)
            {
                continue;
            }

            var slot = slots.Start((uint)key.Low);
            int known;
            while ((known = slots.Next((uint)key.Low, ref slot)) >= 0 && keys[units[known]]!.Value != key)
            {
            }

            if (known < 0)
            {
                units[slots.Insert((uint)key.Low, slot)] = unit;
            }
        }

        return units[..slots.Count];
    }

    private void Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            var reader = new PackedReader(content.Span);
            if (!reader.ReadBytes(Library.Length).SequenceEqual(Library))
            {
                return;
            }

            var entries = new Entry[reader.ReadCount(SmallestEntry)];
            foreach (ref var entry in entries.AsSpan())
            {
                entry.Key = new Digest128(reader.ReadFixed(), reader.ReadFixed());
                entry.Length = reader.ReadNumber();
            }

            var offset = content.Length - reader.Remaining;
            foreach (ref var entry in entries.AsSpan())
            {
                entry.Offset = offset;
                if (entry.Length > content.Length - offset)
                {
                    return;
                }

                offset += entry.Length;
            }

            if (offset == content.Length)
            {
                (_known, _content) = (entries, content);
                AddSlots();
            }
        }
        catch (FormatException)
        {
            // Its checksum holds, but it was not written by this code.
            _known = [];
        }
    }

    private void AddSlots()
    {
        foreach (ref readonly var entry in _known.AsSpan())
        {
            var slot = _slots.Start((uint)entry.Key.Low);
            while (_slots.Next((uint)entry.Key.Low, ref slot) >= 0)
            {
            }

            _slots.Insert((uint)entry.Key.Low, slot);
        }
    }

    private struct Entry
    {
        public Digest128 Key;
        public int Offset;
        public int Length;
        public bool IsFound;
    }
}
