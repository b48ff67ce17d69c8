using System.Globalization;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.ObjectCode.Images;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>Compares ranges of two objects, and all that they lead to.</summary>
internal sealed class RegionComparer
{
    // What one relocation costs, in bytes that are compared.
    private const int RelocationCost = 32;

    private readonly ObjectImage _recompiled;
    private readonly ObjectImage _shipped;
    private readonly TargetComparer _targets;
    private readonly Dictionary<int, SortedSet<ulong>> _jumpLabels;
    private readonly CoverageRecords _coverage;
    private readonly SourceLocations _locations;
    private readonly Queue<Region> _waiting = new();
    private readonly HashSet<Region> _seen = [];
    private long _budget;

    public RegionComparer(ObjectImage made, ObjectImage shipped)
    {
        _recompiled = made;
        _shipped = shipped;
        _targets = new TargetComparer(made, shipped, this);
        _jumpLabels = KernelForms.JumpLabels(made);
        _coverage = CoverageRecords.Of(made);
        _locations = SourceLocations.Of(made);

        // Honest objects are compared once or twice; only files made to waste time lead to the same ranges in many ways.
        _budget = 1_000_000 + (64 * (made.Length + shipped.Length));
    }

    /// <summary>Macros that explain differences so far.</summary>
    public SortedSet<string> CompileTimeMacros { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether comparing came to its end.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Notes a range to compare; the same once.</summary>
    public void Add(in Region region)
    {
        if (_seen.Add(region with { Name = "" }))
        {
            _waiting.Enqueue(region);
        }
    }

    /// <summary>Takes a share of the work that may be done.</summary>
    public bool Spend(long bytes)
    {
        IsExhausted |= (_budget -= bytes) < 0;
        return !IsExhausted;
    }

    /// <summary>Compares all ranges that wait, and those that they lead to.</summary>
    /// <returns>The first difference; null when there is none.</returns>
    public string? Run()
    {
        while (_waiting.TryDequeue(out var region))
        {
            if (Compare(region) is { } difference)
            {
                return difference;
            }

            if (IsExhausted)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Compares texts or constants.</summary>
    /// <returns>False when they differ in more than the time of the compile.</returns>
    public bool SameBytes(ReadOnlySpan<byte> made, ReadOnlySpan<byte> shipped)
    {
        Spend(made.Length);
        if (made.SequenceEqual(shipped))
        {
            return true;
        }

        if (CompileTimeText.MacrosThatExplain(made, shipped) is not { } macros)
        {
            return false;
        }

        CompileTimeMacros.Add(macros);
        return true;
    }

    private string? Compare(in Region region)
    {
        if (!region.IsValid || region.Recompiled.Header.IsEmptyInFile != region.Shipped.Header.IsEmptyInFile)
        {
            return $"{region.Name} has other room";
        }

        var madeRelocations = region.Recompiled.RelocationsIn(region.RecompiledStart, region.RecompiledEnd);
        var shippedRelocations = region.Shipped.RelocationsIn(region.ShippedStart, region.ShippedEnd);
        if (!Spend((long)(region.Recompiled.Header.IsEmptyInFile ? 0 : region.Length) + (RelocationCost * (long)(madeRelocations.Length + shippedRelocations.Length))))
        {
            return null;
        }

        if (IsWholeDataSection(region) && !HasSameVariables(region))
        {
            return $"{region.Name} holds other variables, or the same elsewhere";
        }

        var overwritten = region.Recompiled.IsCode ? KernelForms.Find(_recompiled, _shipped, region, _jumpLabels) : [];
        return CompareBytes(region, madeRelocations, overwritten)
            ?? CompareRelocations(region, madeRelocations, shippedRelocations, overwritten);
    }

    private static bool IsWholeDataSection(in Region region) =>
        !region.Recompiled.IsCode && region.RecompiledStart == 0 && region.Length == region.Recompiled.Header.Size && region.Length == region.Shipped.Header.Size;

    private bool HasSameVariables(in Region region)
    {
        var (made, shipped) = (region.Recompiled.Data, region.Shipped.Data);
        for (var i = 0; i < made.Length && i < shipped.Length; i++)
        {
            if (made[i].Row.Value != shipped[i].Row.Value || made[i].Row.Size != shipped[i].Row.Size || !_targets.SameVariable(made[i], shipped[i]))
            {
                return false;
            }
        }

        return made.Length == shipped.Length;
    }

    private string? CompareBytes(in Region region, ReadOnlySpan<ElfRelocation> relocations, List<(ulong Offset, ulong Length)> overwritten)
    {
        var made = region.RecompiledBytes;
        var shipped = region.ShippedBytes;
        if (made.SequenceEqual(shipped))
        {
            return null;
        }

        var spared = new List<(ulong Offset, ulong Length)>(overwritten);
        _coverage.AddSpared(region, spared);
        _locations.AddSpared(region, spared);
        foreach (ref readonly var relocation in relocations)
        {
            if (FieldWidth.Of(_recompiled, region.Recompiled, relocation) is > 0 and var width)
            {
                spared.Add((relocation.Offset - region.RecompiledStart, (ulong)width));
            }
        }

        spared.Sort();
        var start = 0;
        foreach (var (offset, length) in spared.Append(((ulong)made.Length, 0UL)))
        {
            var end = Math.Max(start, (int)Math.Min(offset, (ulong)made.Length));
            var same = made[start..end].CommonPrefixLength(shipped[start..end]);
            if (same < end - start)
            {
                return !region.Recompiled.IsCode && SameBytes(made, shipped)
                    ? null
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"{region.Name} has {made[start + same]:x2} at byte {start + same}, {shipped[start + same]:x2} in the object");
            }

            start = Math.Max(start, (int)Math.Min(offset + length, (ulong)made.Length));
        }

        return null;
    }

    private string? CompareRelocations(
        in Region region, ReadOnlySpan<ElfRelocation> made, ReadOnlySpan<ElfRelocation> shipped, List<(ulong Offset, ulong Length)> overwritten)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            i = Skip(_recompiled, made, i, region.RecompiledStart, overwritten);
            j = Skip(_shipped, shipped, j, region.ShippedStart, overwritten);
            if (i == made.Length && j == shipped.Length)
            {
                return null;
            }

            var madeAt = i < made.Length ? made[i].Offset - region.RecompiledStart : ulong.MaxValue;
            var shippedAt = j < shipped.Length ? shipped[j].Offset - region.ShippedStart : ulong.MaxValue;
            if (madeAt != shippedAt)
            {
                return madeAt < shippedAt
                    ? string.Create(CultureInfo.InvariantCulture, $"{region.Name} refers to {NameOf(_recompiled, made[i])} at byte {madeAt}, in the object it does not")
                    : string.Create(CultureInfo.InvariantCulture, $"{region.Name} does not refer to {NameOf(_shipped, shipped[j])} at byte {shippedAt}, in the object it does");
            }

            if (made[i].Type != shipped[j].Type)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{region.Name} has a relocation of type {made[i].Type} at byte {madeAt}, of type {shipped[j].Type} in the object");
            }

            if (!_coverage.IsFile(region.Recompiled, made[i]) && _targets.Compare(region, made[i], shipped[j]) is { } difference)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{region.Name} refers at byte {madeAt} to {difference}");
            }

            i++;
            j++;
        }
    }

    private static int Skip(
        ObjectImage image, ReadOnlySpan<ElfRelocation> relocations, int index, ulong start, List<(ulong Offset, ulong Length)> overwritten)
    {
        while (index < relocations.Length
            && (KernelForms.IsNone(image, relocations[index]) || IsIn(overwritten, relocations[index].Offset - start)))
        {
            index++;
        }

        return index;
    }

    private static bool IsIn(List<(ulong Offset, ulong Length)> overwritten, ulong offset)
    {
        var (low, high) = (0, overwritten.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = overwritten[middle].Offset <= offset ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && offset - overwritten[low - 1].Offset < overwritten[low - 1].Length;
    }

    private static string NameOf(ObjectImage image, in ElfRelocation relocation) =>
        image.Symbols[relocation.Symbol] is { Name.Length: > 0 } symbol ? symbol.Name
        : image.SectionOf(image.Symbols[relocation.Symbol]) is { } section ? section.Name
        : "something";
}
