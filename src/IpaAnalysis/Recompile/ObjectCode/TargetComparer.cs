using System.Globalization;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.ObjectCode.Images;

namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>Tells whether two relocations lead to the same: a symbol, a place in a function or variable, a text, a constant.</summary>
internal sealed class TargetComparer(ObjectImage made, ObjectImage shipped, RegionComparer regions)
{
    // Which local variable of the shipped object is which of the made one: compilers number those of one name.
    private readonly Dictionary<int, int> _shippedOf = [];
    private readonly Dictionary<int, int> _madeOf = [];

    /// <summary>Compares where two relocations of one kind lead.</summary>
    /// <returns>Both targets in words, behind "refers to"; null when they are the same.</returns>
    public string? Compare(in Region region, in ElfRelocation first, in ElfRelocation second)
    {
        var (a, b) = (made.Symbols[first.Symbol], shipped.Symbols[second.Symbol]);
        var (addend, otherAddend) = (FieldWidth.AddendOf(made, region.Recompiled, first), FieldWidth.AddendOf(shipped, region.Shipped, second));
        if (!IsPlace(a) || !IsPlace(b))
        {
            var isSame = a.Name == b.Name && addend == otherAddend && a.IsDefined == b.IsDefined && a.IsLocal == b.IsLocal
                && (a.IsDefined || a.Row.Section == b.Row.Section)
                // A local symbol in no section is a number.
                && (!a.IsLocal || a.Row.Value == b.Row.Value);
            return isSame ? null
                : a.Name == b.Name ? $"{Words(a, addend)}, in the object to {Words(b, otherAddend)}"
                : $"{Words(a, 0)}, in the object to {Words(b, 0)}";
        }

        // The bytes around both are the same, and so are the distances.
        var biases = region.Recompiled.IsCode ? PlaceBias.Of(made.Layout.Machine, first, region.Recompiled.Bytes.Span) : [0];
        var isRelativeData = !region.Recompiled.IsCode && !PlaceBias.IsAbsolute(made.Layout.Machine, first.Type);
        foreach (var bias in biases)
        {
            var (place, otherPlace) = (unchecked(a.Row.Value + (ulong)(addend + bias)), unchecked(b.Row.Value + (ulong)(otherAddend + bias)));
            if (!SamePlace(a, place, b, otherPlace, isRelativeData))
            {
                return $"{Words(made, a, place)}, in the object to {Words(shipped, b, otherPlace)}";
            }
        }

        return null;
    }

    /// <summary>Whether two variables may be the same: the names agree but for numbers, and no other was taken for either.</summary>
    public bool SameVariable(ImageSymbol first, ImageSymbol second)
    {
        if (!first.IsLocal || !second.IsLocal)
        {
            return first.IsLocal == second.IsLocal && first.Name == second.Name;
        }

        if (LocalName.Stem(first.Name) != LocalName.Stem(second.Name))
        {
            return false;
        }

        var (known, knownBack) = (_shippedOf.TryGetValue(first.Index, out var there), _madeOf.TryGetValue(second.Index, out var back));
        if (known || knownBack)
        {
            return known && knownBack && there == second.Index && back == first.Index;
        }

        _shippedOf[first.Index] = second.Index;
        _madeOf[second.Index] = first.Index;
        return true;
    }

    private static bool IsPlace(ImageSymbol symbol) => symbol.IsLocal && symbol.IsDefined;

    private bool SamePlace(ImageSymbol first, ulong place, ImageSymbol second, ulong otherPlace, bool isRelativeData)
    {
        if (made.SectionOf(first) is not { } section || shipped.SectionOf(second) is not { } otherSection)
        {
            return made.SectionOf(first) is null && shipped.SectionOf(second) is null && place == otherPlace && NameOfSection(made, first) == NameOfSection(shipped, second);
        }

        if (section.Name != otherSection.Name)
        {
            return false;
        }

        if (section.IsMergeable && otherSection.IsMergeable && section.Header.EntrySize == otherSection.Header.EntrySize && section.IsStrings == otherSection.IsStrings
            && section.Relocations.Length == 0 && otherSection.Relocations.Length == 0)
        {
            return section.IsStrings
                ? SameString(section, place, otherSection, otherPlace)
                : SameConstant(section, place, otherSection, otherPlace);
        }

        return section.Ordinal == otherSection.Ordinal
            && (section.IsCode
                ? SameCode(section, place, otherSection, otherPlace, isRelativeData)
                : SameData(section, place, otherSection, otherPlace));
    }

    /// <summary>A place in code is a distance from the start of a function; code is compared by itself.</summary>
    private static bool SameCode(ImageSection section, ulong place, ImageSection other, ulong otherPlace, bool isRelativeData)
    {
        // What is counted from the place itself, as in a table of jumps, may lead beyond its function.
        if (isRelativeData && place != otherPlace)
        {
            return false;
        }

        var (function, otherFunction) = (ImageSection.LastAt(section.Functions, place), ImageSection.LastAt(other.Functions, otherPlace));
        return function is null || otherFunction is null
            ? function is null && otherFunction is null && place == otherPlace
            : function.Name == otherFunction.Name && place - function.Row.Value == otherPlace - otherFunction.Row.Value;
    }

    private bool SameData(ImageSection section, ulong place, ImageSection other, ulong otherPlace)
    {
        var (variable, otherVariable) = (VariableAt(section, place), VariableAt(other, otherPlace));
        if (!made.HasAnchors && variable is null && otherVariable is null && BlockAt(section, place) is >= 0 and var block)
        {
            // All blocks are compared.
            return block == BlockAt(other, otherPlace) && place - section.Blocks[block].Start == otherPlace - other.Blocks[block].Start;
        }

        if (variable is null || otherVariable is null || made.HasAnchors)
        {
            // Nothing tells how far what lies there reaches, or where it begins: its section is the same, or it is another.
            regions.Add(new(section, 0, other, 0, Math.Max(section.Header.Size, other.Header.Size), "section " + section.Name));
            return place == otherPlace;
        }

        regions.Add(new(section, variable.Row.Value, other, otherVariable.Row.Value, variable.Row.Size, variable.Name));
        return SameVariable(variable, otherVariable)
            && variable.Row.Size == otherVariable.Row.Size
            && place - variable.Row.Value == otherPlace - otherVariable.Row.Value;
    }

    private static ImageSymbol? VariableAt(ImageSection section, ulong place) =>
        ImageSection.LastAt(section.Data, place) is { } symbol && place - symbol.Row.Value < symbol.Row.Size ? symbol : null;

    private static int BlockAt(ImageSection section, ulong place)
    {
        var (low, high) = (0, section.Blocks.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = section.Blocks[middle].GapStart <= place ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && place < section.Blocks[low - 1].GapEnd ? low - 1 : -1;
    }

    private bool SameString(ImageSection section, ulong place, ImageSection other, ulong otherPlace)
    {
        var width = (int)section.Header.EntrySize;
        if (!StartsString(section, place, width) || !StartsString(other, otherPlace, width))
        {
            return SameSection(section, place, other, otherPlace);
        }

        return regions.SameBytes(StringAt(section, place, width), StringAt(other, otherPlace, width));
    }

    private bool SameConstant(ImageSection section, ulong place, ImageSection other, ulong otherPlace)
    {
        var width = section.Header.EntrySize;
        return IsEntry(section, place, width) && IsEntry(other, otherPlace, width)
            ? regions.SameBytes(section.Bytes.Span.Slice((int)place, (int)width), other.Bytes.Span.Slice((int)otherPlace, (int)width))
            : SameSection(section, place, other, otherPlace);
    }

    private bool SameSection(ImageSection section, ulong place, ImageSection other, ulong otherPlace)
    {
        regions.Add(new(section, 0, other, 0, Math.Max(section.Header.Size, other.Header.Size), "section " + section.Name));
        return section.Ordinal == other.Ordinal && place == otherPlace;
    }

    private static bool IsEntry(ImageSection section, ulong place, ulong width) =>
        place % width == 0 && width <= (ulong)section.Bytes.Length && place <= (ulong)section.Bytes.Length - width;

    /// <summary>
    /// Whether a text that is not empty starts at a place. Elsewhere, an index may be counted from a place in another text
    /// (<c>"abc"[i - 1]</c>), and what lies there says little.
    /// </summary>
    private static bool StartsString(ImageSection section, ulong place, int width)
    {
        var bytes = section.Bytes.Span;
        return place % (ulong)width == 0
            && place < (ulong)bytes.Length
            && bytes.Length - (int)place >= width
            && bytes.Slice((int)place, width).ContainsAnyExcept((byte)0)
            && (place == 0 || !bytes.Slice((int)place - width, width).ContainsAnyExcept((byte)0));
    }

    private static ReadOnlySpan<byte> StringAt(ImageSection section, ulong place, int width)
    {
        var bytes = section.Bytes.Span[(int)place..];
        if (width == 1)
        {
            var end = bytes.IndexOf((byte)0);
            return end < 0 ? bytes : bytes[..end];
        }

        var length = 0;
        while (length + width <= bytes.Length && bytes.Slice(length, width).ContainsAnyExcept((byte)0))
        {
            length += width;
        }

        return bytes[..length];
    }

    private static string NameOfSection(ObjectImage image, ImageSymbol symbol) =>
        System.Text.Encoding.Latin1.GetString(image.Layout.NameOf(image.Layout.Sections[symbol.Row.Section]));

    private static string Words(ObjectImage image, ImageSymbol symbol, ulong place)
    {
        if (image.SectionOf(symbol) is not { } section)
        {
            return Words(symbol, (long)place);
        }

        if (section.IsStrings && StartsString(section, place, 1) && section.Header.EntrySize == 1)
        {
            return Quoted(StringAt(section, place, 1));
        }

        if (section.IsMergeable && !section.IsStrings && IsEntry(section, place, section.Header.EntrySize))
        {
            return "the constant " + Convert.ToHexStringLower(section.Bytes.Span.Slice((int)place, (int)section.Header.EntrySize));
        }

        var start = ImageSection.LastAt(section.IsCode ? section.Functions : section.Data, place);
        return start is null ? Sum(section.Name, (long)place) : Sum(start.Name, (long)(place - start.Row.Value));
    }

    private static string Words(ImageSymbol symbol, long addend) => Sum(symbol.Name.Length > 0 ? symbol.Name : "a section", addend);

    private static string Sum(string name, long distance) => distance == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}{distance:+0;-0}");

    private static string Quoted(ReadOnlySpan<byte> text)
    {
        const int Most = 40;
        var shown = string.Concat(System.Text.Encoding.UTF8.GetString(text[..Math.Min(text.Length, Most)]).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length > Most ? $"\"{shown}…\"" : $"\"{shown}\"";
    }
}
