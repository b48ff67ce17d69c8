using System.Collections.Immutable;
using System.Globalization;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Units;

/// <summary>The units of all inputs.</summary>
/// <param name="Units">Sorted by the UTF-8 bytes of <see cref="Unit.Object"/>, each name once.</param>
/// <param name="Diagnostics"><see cref="DiagnosticCatalog.TreeClash"/>, one for each two inputs that clash.</param>
internal sealed record UnitSet(ImmutableArray<Unit> Units, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Puts the units of several inputs together. Of objects with one name the earlier input's is kept, and that is an error unless both are the same file.</summary>
    public static UnitSet Merge(params IEnumerable<UnitGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var all = groups.SelectMany(static (group, index) => group.Units.Select(unit => (unit, group, index))).ToArray();
        Array.Sort(all, static (x, y) => Utf8Order.Instance.Compare(x.unit.Object, y.unit.Object) is var order and not 0 ? order : x.index.CompareTo(y.index));
        var units = ImmutableArray.CreateBuilder<Unit>(all.Length);
        var clashes = new SortedDictionary<(int First, int Second), (Diagnostic First, int Count)>();
        var kept = -1;
        for (var i = 0; i < all.Length; i++)
        {
            if (kept < 0 || all[i].unit.Object != all[kept].unit.Object)
            {
                kept = i;
                units.Add(all[i].unit);
                continue;
            }

            // Two modules may link the same object, which lies in neither's directory.
            if (all[i].unit.ObjectPath is { } path && path == all[kept].unit.ObjectPath)
            {
                continue;
            }

            var pair = (all[kept].index, all[i].index);
            clashes[pair] = clashes.TryGetValue(pair, out var known)
                ? (known.First, known.Count + 1)
                : (Clash(all[kept].group.Name, all[i].group.Name, all[i].unit), 1);
        }

        return new UnitSet(
            units.ToImmutable(),
            [.. clashes.Values.Select(static c => c.Count == 1 ? c.First : c.First with
            {
                Message = string.Create(CultureInfo.InvariantCulture, $"{c.First.Message} They clash in {c.Count - 1} more."),
            })]);
    }

    private static Diagnostic Clash(string first, string second, Unit unit) => DiagnosticCatalog.TreeClash.At(
        unit.ObjectPath ?? unit.DumpPath,
        0,
        $"The inputs '{Show(first)}' and '{Show(second)}' both hold an object '{unit.Object}'. Give at least one of them a TreeName.");

    private static string Show(string name) => name.StartsWith('/') ? Path.GetFileName(name.TrimEnd('/')) : name;
}
