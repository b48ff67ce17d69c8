using IpaAnalysis.Files;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries.Store;

/// <summary>
/// Tells which units may hold the body of a function, by its symbol or its source-level name. A question is one
/// scan over columns of hashes, and a hash that two names share only loads a unit too many.
/// </summary>
internal sealed class NameIndex
{
    private readonly List<Part> _parts = [];
    private readonly int[] _ends;

    public NameIndex(StoredUnit[] units)
    {
        _ends = new int[units.Length];
        var end = 0;
        Part? last = null;
        for (var i = 0; i < units.Length; i++)
        {
            // Units that were read from one index file follow each other in one column, and are searched as one.
            var names = units[i].Names;
            if (last is null || last.Column != names.Column || last.Start + last.Count != names.Start)
            {
                _parts.Add(last = new Part(names.Column, names.Start, end));
            }

            last.Count += names.Count;
            _ends[i] = end += names.Count;
        }
    }

    /// <summary>The hashes of an object's names.</summary>
    public static NameHashes HashesOf(ObjectSummary summary)
    {
        var hashes = new uint[summary.Functions.Length * 2];
        var count = 0;
        foreach (ref readonly var function in summary.Functions.AsSpan())
        {
            if ((function.Traits & FunctionTraits.HasBody) == 0)
            {
                continue;
            }

            hashes[count++] = HashOf(summary.Names[function.Symbol]);
            if (function.Name != function.Symbol)
            {
                hashes[count++] = HashOf(summary.Names[function.Name]);
            }
        }

        return new NameHashes(hashes, 0, count);
    }

    /// <summary>The units that hold a name or one of the same hash, ascending.</summary>
    public List<int> UnitsNaming(ReadOnlySpan<byte> name)
    {
        var units = new List<int>();
        var hash = HashOf(name);
        foreach (var part in _parts)
        {
            for (var start = 0; part.Names[start..].IndexOf(hash) is >= 0 and var found;)
            {
                // The first unit that ends behind the place; those without names end where others do.
                var unit = Array.BinarySearch(_ends, part.Before + start + found + 1);
                unit = unit < 0 ? ~unit : FirstEndingAt(unit);
                units.Add(unit);
                start = _ends[unit] - part.Before;
            }
        }

        return units;
    }

    private static uint HashOf(ReadOnlySpan<byte> name) => (uint)StableHash.Of(name);

    private int FirstEndingAt(int unit)
    {
        while (unit > 0 && _ends[unit - 1] == _ends[unit])
        {
            unit--;
        }

        return unit;
    }

    /// <summary>Names of units that follow each other, in one piece.</summary>
    private sealed class Part(uint[] column, int start, int before)
    {
        public uint[] Column { get; } = column;

        public int Start { get; } = start;

        /// <summary>How many names the units before it have.</summary>
        public int Before { get; } = before;

        public int Count { get; set; }

        public ReadOnlySpan<uint> Names => Column.AsSpan(Start, Count);
    }
}
