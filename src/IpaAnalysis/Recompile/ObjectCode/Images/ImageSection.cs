using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>A section that is in memory when the code runs.</summary>
internal sealed class ImageSection(int index, string name, int ordinal, ElfSection header, ReadOnlyMemory<byte> bytes)
{
    private const ulong MergeFlag = 0x10;
    private const ulong StringsFlag = 0x20;

    /// <summary>Its row in the section table.</summary>
    public int Index => index;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>How many sections of the same name stand before it.</summary>
    public int Ordinal => ordinal;

    /// <summary>What the table says.</summary>
    public ElfSection Header { get; } = header;

    /// <summary>Its bytes; none where the file has none.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>What is still to be filled in, by place; those of kind none are there.</summary>
    public ElfRelocation[] Relocations { get; set; } = [];

    /// <summary>Whether the relocations hold their addends.</summary>
    public bool HasAddends { get; set; } = true;

    /// <summary>The functions in it, by place, then by name.</summary>
    public ImageSymbol[] Functions { get; set; } = [];

    /// <summary>The variables in it, by place, then by name.</summary>
    public ImageSymbol[] Data { get; set; } = [];

    /// <summary>What lies between the variables.</summary>
    public List<DataBlock> Blocks => field ??= DataBlock.Of(this);

    /// <summary>Whether it holds instructions.</summary>
    public bool IsCode => Header.IsCode;

    /// <summary>Whether its contents are distinct constants or strings, which lie anywhere in it.</summary>
    public bool IsMergeable => (Header.Flags & MergeFlag) != 0 && Header.EntrySize is > 0 and <= 64 && !IsCode;

    /// <summary>Whether its contents are strings that end in a zero.</summary>
    public bool IsStrings => IsMergeable && (Header.Flags & StringsFlag) != 0;

    /// <summary>The relocations in a range.</summary>
    /// <param name="start">The first offset.</param>
    /// <param name="end">The offset behind the last.</param>
    public ReadOnlySpan<ElfRelocation> RelocationsIn(ulong start, ulong end)
    {
        var first = FirstRelocation(start);
        return Relocations.AsSpan(first, Math.Max(FirstRelocation(end), first) - first);
    }

    /// <summary>The last of some symbols that starts at or before an offset, the first by name of those that start there; null if none does.</summary>
    public static ImageSymbol? LastAt(ImageSymbol[] symbols, ulong offset)
    {
        var (low, high) = (0, symbols.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = symbols[middle].Row.Value <= offset ? (middle + 1, high) : (low, middle);
        }

        if (low == 0)
        {
            return null;
        }

        var value = symbols[low - 1].Row.Value;
        return symbols[FirstAt(symbols, value)];
    }

    /// <summary>The index of the first of some symbols that starts at or behind an offset.</summary>
    public static int FirstAt(ImageSymbol[] symbols, ulong offset)
    {
        var (low, high) = (0, symbols.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = symbols[middle].Row.Value < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private int FirstRelocation(ulong offset)
    {
        var (low, high) = (0, Relocations.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Relocations[middle].Offset < offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
