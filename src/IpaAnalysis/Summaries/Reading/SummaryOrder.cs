using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>Puts what was read into the one order that does not depend on how it was read. Keeps its memory for the next object.</summary>
internal sealed class SummaryOrder
{
    private ulong[] _keys = new ulong[256];
    private int[] _items = new int[256];
    private int[] _newIndex = new int[256];

    /// <summary>Sorts the functions by the bytes of their symbols, without mere fragments of others.</summary>
    /// <param name="functions">The functions as they were found.</param>
    /// <returns>Those that are kept, in their order; valid until the next call of any member.</returns>
    public ReadOnlySpan<int> SortFunctions(FunctionTable functions)
    {
        Reserve(functions.Count);
        if (_newIndex.Length < functions.Count)
        {
            _newIndex = new int[_keys.Length];
        }

        // Most symbols differ in their first eight bytes.
        var count = 0;
        for (var function = 0; function < functions.Count; function++)
        {
            var whole = CloneSuffix.WholeOf(functions, function);
            _newIndex[function] = whole;
            if (whole == function)
            {
                _keys[count] = FirstBytes(functions.SymbolOf(function));
                _items[count++] = function;
            }
        }

        var items = SortItems(count);
        for (var start = 0; start < count;)
        {
            var end = EndOfRun(start, count);
            if (end - start > 1)
            {
                items[start..end].Sort((a, b) => functions.SymbolOf(a).SequenceCompareTo(functions.SymbolOf(b)));
            }

            start = end;
        }

        Renumber(functions.Count, items);
        return items;
    }

    /// <summary>Where a function that was sorted went; a fragment went where its function is.</summary>
    public int NewIndexOf(int function) => _newIndex[function];

    /// <summary>The copies, by original, copy and reason. Those that became the same by merging fragments are one.</summary>
    public CloneEdge[] Sort(ReadOnlySpan<CloneEdge> edges, NamePoolBuilder names)
    {
        Reserve(edges.Length);
        for (var i = 0; i < edges.Length; i++)
        {
            _keys[i] = Pair(edges[i].Original, edges[i].Copy);
            _items[i] = i;
        }

        var items = SortItems(edges.Length);
        var sorted = new CloneEdge[edges.Length];
        var count = 0;
        for (var start = 0; start < items.Length;)
        {
            var end = EndOfRun(start, items.Length);
            SortByReason(items[start..end], edges, names);
            var first = count;
            for (; start < end; start++)
            {
                ref readonly var edge = ref edges[items[start]];
                if (count > first && sorted[count - 1].Reason == edge.Reason)
                {
                    sorted[count - 1] = sorted[count - 1] with { Count = sorted[count - 1].Count + edge.Count };
                }
                else
                {
                    sorted[count++] = edge with { Original = _newIndex[edge.Original], Copy = _newIndex[edge.Copy] };
                }
            }
        }

        return count == sorted.Length ? sorted : sorted[..count];
    }

    /// <summary>The calls, each once.</summary>
    public CallEdge[] Sort(ReadOnlySpan<CallEdge> edges)
    {
        Reserve(edges.Length);
        for (var i = 0; i < edges.Length; i++)
        {
            _keys[i] = Pair(edges[i].Caller, edges[i].Callee);
        }

        var keys = _keys.AsSpan(0, edges.Length);
        keys.Sort();
        var count = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1])
            {
                keys[count++] = keys[i];
            }
        }

        var sorted = new CallEdge[count];
        for (var i = 0; i < count; i++)
        {
            sorted[i] = new CallEdge((int)(keys[i] >> 32), (int)(uint)keys[i]);
        }

        return sorted;
    }

    /// <summary>The recorded foldings.</summary>
    public Folding[] Sort(List<Folding> foldings) =>
        foldings.Count == 0
            ? []
            :
            [
                .. foldings
                    .Select(f => f with { Kept = _newIndex[f.Kept], Folded = _newIndex[f.Folded] })
                    .OrderBy(f => f.Kept).ThenBy(f => f.Folded).ThenBy(f => f.Line),
            ];

    /// <summary>The pairs that run the same code, each once.</summary>
    public SharedBody[] Sort(List<SharedBody> pairs)
    {
        var sorted = new SharedBody[pairs.Count];
        var count = 0;
        foreach (var pair in pairs)
        {
            var renumbered = pair with { First = _newIndex[pair.First], Second = _newIndex[pair.Second] };
            if (renumbered.First != renumbered.Second)
            {
                sorted[count++] = renumbered;
            }
        }

        if (count > 1)
        {
            Array.Sort(sorted, 0, count, SharedBodyOrder.Instance);
            count = Distinct(sorted.AsSpan(0, count));
        }

        return count == sorted.Length ? sorted : sorted[..count];
    }

    /// <summary>Moves each of the sorted pairs once to the front.</summary>
    private static int Distinct(Span<SharedBody> sorted)
    {
        var count = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (SharedBodyOrder.Instance.Compare(sorted[i], sorted[count - 1]) != 0)
            {
                sorted[count++] = sorted[i];
            }
        }

        return count;
    }

    private static ulong FirstBytes(ReadOnlySpan<byte> symbol)
    {
        if (symbol.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64BigEndian(symbol);
        }

        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        symbol.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }

    /// <summary>Few copies differ in the reason alone. Of equal ones the first line stays first.</summary>
    private static void SortByReason(Span<int> items, ReadOnlySpan<CloneEdge> edges, NamePoolBuilder names)
    {
        for (var i = 1; i < items.Length; i++)
        {
            var item = items[i];
            var place = i;
            for (; place > 0 && IsBefore(item, items[place - 1], edges, names); place--)
            {
                items[place] = items[place - 1];
            }

            items[place] = item;
        }
    }

    private static bool IsBefore(int a, int b, ReadOnlySpan<CloneEdge> edges, NamePoolBuilder names)
    {
        var order = names[edges[a].Reason].SequenceCompareTo(names[edges[b].Reason]);
        return order < 0 || (order == 0 && a < b);
    }

    private ulong Pair(int first, int second) => ((ulong)(uint)_newIndex[first] << 32) | (uint)_newIndex[second];

    private Span<int> SortItems(int count)
    {
        var items = _items.AsSpan(0, count);
        _keys.AsSpan(0, count).Sort(items);
        return items;
    }

    private int EndOfRun(int start, int count)
    {
        var end = start + 1;
        while (end < count && _keys[end] == _keys[start])
        {
            end++;
        }

        return end;
    }

    /// <summary>Turns "which function it is a part of" into "where that went".</summary>
    private void Renumber(int count, ReadOnlySpan<int> kept)
    {
        var places = MemoryMarshal.Cast<ulong, int>(_keys.AsSpan())[..count];
        for (var i = 0; i < kept.Length; i++)
        {
            places[kept[i]] = i;
        }

        foreach (ref var index in _newIndex.AsSpan(0, count))
        {
            index = places[index];
        }
    }

    private void Reserve(int count)
    {
        if (_keys.Length < count)
        {
            _keys = new ulong[Math.Max(count, _keys.Length * 2)];
            _items = new int[_keys.Length];
        }
    }
}
