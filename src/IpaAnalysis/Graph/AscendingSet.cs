using System.Collections;

namespace IpaAnalysis.Graph;

/// <summary>
/// A few numbers, ascending and each once. The framework's sorted set of numbers is not compiled ahead, and every build would
/// wait for the JIT.
/// </summary>
internal sealed class AscendingSet : IReadOnlyList<int>
{
    private int[] _items = new int[4];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public int this[int index] => index < Count ? _items[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Adds a number.</summary>
    public void Add(int item)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_items[middle] < item)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low < Count && _items[low] == item)
        {
            return;
        }

        if (Count == _items.Length)
        {
            var larger = new int[Count * 2];
            _items.AsSpan().CopyTo(larger);
            _items = larger;
        }

        _items.AsSpan(low, Count - low).CopyTo(_items.AsSpan(low + 1));
        _items[low] = item;
        Count++;
    }

    /// <summary>Removes all.</summary>
    public void Clear() => Count = 0;

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return _items[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
