using System.Text;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>Reads an object whole; all that is wrong with it makes it unreadable.</summary>
internal sealed class ObjectImageReader
{
    private readonly ByteSource _source;
    private readonly long _length;

    // Sections of an honest object do not overlap.
    private long _budget;

    private ObjectImageReader(ByteSource source)
    {
        _source = source;
        _length = source.Length;
        _budget = source.Length;
    }

    /// <summary>All that is compared of an object; null when it is damaged or no object that is still to be linked.</summary>
    /// <param name="content">The file.</param>
    /// <param name="problem">What is wrong, as the start of a sentence; null with a result.</param>
    public static ObjectImage? Read(byte[] content, out string? problem)
    {
        using var source = ByteSource.FromMemory(content);
        return new ObjectImageReader(source).Read(out problem);
    }

    private ObjectImage? Read(out string? problem)
    {
        var layout = ElfLayout.Read(_source, out problem);
        if (layout is null || problem is not null)
        {
            return null;
        }

        if (!layout.IsRelocatable)
        {
            problem = "the file is linked already";
            return null;
        }

        var table = ElfSymbolTable.Find(_source, layout, out problem);
        if (table is null || problem is not null || table.IsCutOff)
        {
            problem ??= "the file has no symbol table that can be read";
            return null;
        }

        problem = "a section lies outside the file, or is compressed";
        if (ReadSections(layout) is not { } sections)
        {
            return null;
        }

        problem = "a symbol has no valid name or section";
        if (ReadSymbols(layout, table) is not { } symbols)
        {
            return null;
        }

        problem = "relocations are damaged";
        if (!ReadRelocations(layout, table, sections))
        {
            return null;
        }

        problem = null;
        Place(sections, symbols);
        return new(layout, _length, sections, symbols);
    }

    private ImageSection?[]? ReadSections(ElfLayout layout)
    {
        var sections = new ImageSection?[layout.Sections.Length];
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 1; i < sections.Length; i++)
        {
            var header = layout.Sections[i];
            if (!header.IsAllocated)
            {
                continue;
            }

            var name = Encoding.Latin1.GetString(Limited(layout.NameOf(header)));
            if (IgnoredSections.Contains(name))
            {
                continue;
            }

            if (header.IsCompressed || header.Size > long.MaxValue || !TryGet(header, out var bytes))
            {
                return null;
            }

            var ordinal = seen.GetValueOrDefault(name);
            seen[name] = ordinal + 1;
            sections[i] = new(i, name, ordinal, header, bytes);
        }

        return sections;
    }

    private ImageSymbol[]? ReadSymbols(ElfLayout layout, ElfSymbolTable table)
    {
        var link = layout.Sections[table.Section].Link;
        if (link >= (uint)layout.Sections.Length || !layout.Sections[link].TryGetBytes(_source, out var bytes))
        {
            return null;
        }

        var names = new ElfStringTable(bytes);

        // Names that share a long tail are hostile: all of them together are no longer than the file where each has its own.
        var budget = _length * 2;
        var symbols = new ImageSymbol[table.Count];
        for (var i = 0; i < symbols.Length; i++)
        {
            var row = table[i];
            if (!names.TryGet(row.NameOffset, out var name) || row.Section == ElfSymbol.BadSection || (budget -= name.Length) < 0)
            {
                return null;
            }

            symbols[i] = new(i, Encoding.UTF8.GetString(name), row);
        }

        return symbols;
    }

    private bool ReadRelocations(ElfLayout layout, ElfSymbolTable table, ImageSection?[] sections)
    {
        foreach (var header in layout.Sections)
        {
            var hasAddends = header.Type == ElfSection.RelocationsWithAddend;
            if (header.Type == ElfSection.CompactRelocations)
            {
                return false;
            }

            if (!(hasAddends || header.Type == ElfSection.Relocations) || header.Info >= (uint)sections.Length || sections[header.Info] is not { } section)
            {
                continue;
            }

            var size = layout.Encoding.RelocationSize(hasAddends);
            if (section.Relocations.Length > 0
                || header.Link != (uint)table.Section
                || header.EntrySize != (ulong)size
                || header.Size % (ulong)size != 0
                || header.IsCompressed
                || !TryGet(header, out var rows)
                || Decode(layout, rows.Span, size, hasAddends, section, table.Count) is not { } relocations)
            {
                return false;
            }

            section.Relocations = relocations;
            section.HasAddends = hasAddends;
        }

        return true;
    }

    private static ElfRelocation[]? Decode(
        ElfLayout layout, ReadOnlySpan<byte> rows, int size, bool hasAddends, ImageSection section, int symbols)
    {
        var relocations = new ElfRelocation[rows.Length / size];
        var isSorted = true;
        for (var i = 0; i < relocations.Length; i++)
        {
            var relocation = ElfRelocation.Decode(rows.Slice(i * size, size), layout, hasAddends);
            if (relocation.Offset >= section.Header.Size || relocation.Symbol >= (uint)symbols)
            {
                return null;
            }

            isSorted &= i == 0 || relocations[i - 1].Offset <= relocation.Offset;
            relocations[i] = relocation;
        }

        // The order of two at one place has a meaning: a stable sort.
        return isSorted ? relocations : [.. relocations.OrderBy(r => r.Offset)];
    }

    private static void Place(ImageSection?[] sections, ImageSymbol[] symbols)
    {
        foreach (var group in symbols.Where(s => s.IsDefined && (s.Row.IsFunction || s.IsData)).GroupBy(s => s.Row.Section))
        {
            if (sections[group.Key] is { } section)
            {
                var sorted = group.OrderBy(s => s.Row.Value).ThenBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Index).ToArray();
                section.Functions = [.. sorted.Where(s => s.Row.IsFunction && !KernelForms.IsAddedSymbol(s.Name))];
                section.Data = [.. sorted.Where(s => s.IsData)];
            }
        }
    }

    private bool TryGet(in ElfSection header, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (!header.IsEmptyInFile && (header.Size > (ulong)_budget || (_budget -= (long)header.Size) < 0))
        {
            return false;
        }

        return header.TryGetBytes(_source, out bytes);
    }

    private static ReadOnlySpan<byte> Limited(ReadOnlySpan<byte> name) => name.Length <= 512 ? name : name[..512];
}
