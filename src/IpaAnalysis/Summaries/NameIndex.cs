using System.Runtime.InteropServices;
using IpaAnalysis.Files;

namespace IpaAnalysis.Summaries;

/// <summary>
/// Tells which units may hold the body of a function, by its symbol or its source-level name. One column of hashes over all
/// units: a question is one scan, and a hash that two names share only loads a unit too many.
/// </summary>
internal sealed class NameIndex
{
    private readonly uint[] _hashes;
    private readonly int[] _ends;

    public NameIndex(IReadOnlyList<StoredUnit> units)
    {
        _ends = new int[units.Count];
        var end = 0;
        for (var i = 0; i < units.Count; i++)
        {
            _ends[i] = end += units[i].Names.Length;
        }

        _hashes = WholeColumn(units, end) ?? Concatenate(units, end);
    }

    /// <summary>The hashes of an object's names.</summary>
    public static uint[] HashesOf(ObjectSummary summary)
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

        return hashes[..count];
    }

    /// <summary>The units that hold a name or one of the same hash, ascending.</summary>
    public List<int> UnitsNaming(ReadOnlySpan<byte> name)
    {
        var units = new List<int>();
        var hash = HashOf(name);
        for (var start = 0; _hashes.AsSpan(start).IndexOf(hash) is >= 0 and var found;)
        {
            // The first unit that ends behind the place; those without names end where others do.
            var unit = Array.BinarySearch(_ends, start + found + 1);
            unit = unit < 0 ? ~unit : FirstEndingAt(unit);
            units.Add(unit);
            start = _ends[unit];
        }

        return units;
    }

    /// <summary>The column that an index was read into, if the units are still all and in their order.</summary>
    private static uint[]? WholeColumn(IReadOnlyList<StoredUnit> units, int length)
    {
        uint[]? column = null;
        var end = 0;
        foreach (var unit in units)
        {
            if (!MemoryMarshal.TryGetArray(unit.Names, out var names) || names.Array!.Length != length || names.Offset != end
                || (column is not null && column != names.Array))
            {
                return null;
            }

            column = names.Array;
            end += names.Count;
        }

        return column;
    }

    private static uint[] Concatenate(IReadOnlyList<StoredUnit> units, int length)
    {
        var column = new uint[length];
        var end = 0;
        foreach (var unit in units)
        {
            unit.Names.Span.CopyTo(column.AsSpan(end));
            end += unit.Names.Length;
        }

        return column;
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
}
