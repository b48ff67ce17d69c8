namespace IpaAnalysis.Summaries.Names;

/// <summary>
/// The places of entries in a hash table with open addressing: an entry is its number, what it is stands elsewhere.
/// Cleared in the time that its present size takes, and its memory is used again.
/// </summary>
internal sealed class SlotTable
{
    private const int FirstSize = 512;
    private const int Empty = -1;

    private int[] _slots = new int[FirstSize];
    private uint[] _hashes = new uint[FirstSize / 2];
    private int _mask;

    public SlotTable() => Clear();

    /// <summary>The number of entries.</summary>
    public int Count { get; private set; }

    public void Clear()
    {
        Count = 0;
        _mask = FirstSize - 1;
        _slots.AsSpan(0, FirstSize).Fill(Empty);
    }

    /// <summary>Where a search for an entry of this hash starts.</summary>
    public int Start(uint hash) => (int)hash & _mask;

    /// <summary>The next entry of this hash, or -1 with the place where it is to be inserted.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="place">Where to look first; then the place behind the entry found.</param>
    public int Next(uint hash, ref int place)
    {
        while (true)
        {
            var entry = _slots[place];
            if (entry == Empty)
            {
                return -1;
            }

            place = (place + 1) & _mask;
            if (_hashes[entry] == hash)
            {
                return entry;
            }
        }
    }

    /// <summary>Adds an entry where a search ended without one; it gets the next number.</summary>
    public int Insert(uint hash, int place)
    {
        var entry = Count++;
        _slots[place] = entry;
        _hashes[entry] = hash;
        if (Count * 2 > _mask)
        {
            Grow();
        }

        return entry;
    }

    private void Grow()
    {
        var size = (_mask + 1) * 2;
        if (_slots.Length < size)
        {
            _slots = new int[size];
            Array.Resize(ref _hashes, size / 2);
        }

        _mask = size - 1;
        _slots.AsSpan(0, size).Fill(Empty);
        for (var entry = 0; entry < Count; entry++)
        {
            var place = Start(_hashes[entry]);
            while (_slots[place] != Empty)
            {
                place = (place + 1) & _mask;
            }

            _slots[place] = entry;
        }
    }
}
