using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>The symbol table of a file, decoded row by row.</summary>
internal sealed class ElfSymbolTable
{
    private const int FirstReservedSection = 0xff00;
    private const int ExtendedSection = 0xffff;

    private readonly ElfLayout _layout;
    private readonly ReadOnlyMemory<byte> _rows;
    private readonly ReadOnlyMemory<byte> _indices;
    private readonly int _rowSize;

    private ElfSymbolTable(ElfLayout layout, int section, ReadOnlyMemory<byte> rows, ReadOnlyMemory<byte> indices, int rowSize)
    {
        _layout = layout;
        _rows = rows;
        _indices = indices;
        _rowSize = rowSize;
        Section = section;
        Count = rows.Length / rowSize;
    }

    /// <summary>The index of the table's own section.</summary>
    public int Section { get; }

    public int Count { get; }

    /// <summary>Whether the table's size is no multiple of its rows'.</summary>
    public bool IsCutOff => Count * (long)_rowSize != _rows.Length;

    public ElfSymbol this[int index]
    {
        get
        {
            var encoding = _layout.Encoding;
            var row = _rows.Span.Slice(index * _rowSize, encoding.SymbolSize);
            var is64 = encoding.Is64;
            var info = row[is64 ? 4 : 12];
            var type = info & 15;
            var value = is64 ? encoding.UInt64(row, 8) : encoding.UInt32(row, 4);
            return new(
                encoding.UInt32(row, 0),
                type,
                info >> 4,
                SectionOf(index, encoding.UInt16(row, is64 ? 6 : 14)),
                // A Thumb function's symbol has bit 0 set (AAELF32, "Symbol Values"); its body starts at the even address.
                _layout.Machine == ElfMachine.Arm && type is 2 or 10 ? value & ~1UL : value,
                is64 ? encoding.UInt64(row, 16) : encoding.UInt32(row, 8));
        }
    }

    /// <summary>Finds the symbol table.</summary>
    /// <param name="source">The file.</param>
    /// <param name="layout">Its sections.</param>
    /// <param name="problem">What is wrong; null with a null result: there is none.</param>
    public static ElfSymbolTable? Find(ByteSource source, ElfLayout layout, out string? problem)
    {
        var sections = layout.Sections;
        var index = Array.FindIndex(sections, static s => s.Type == ElfSection.SymbolTable);
        problem = null;
        if (index < 0)
        {
            return null;
        }

        var section = sections[index];
        var rowSize = section.EntrySize;
        if (rowSize < (ulong)layout.Encoding.SymbolSize || rowSize > 4096 || section.IsCompressed || !section.TryGetBytes(source, out var rows))
        {
            problem = "The symbol table lies outside the file or is damaged";
            return null;
        }

        ReadOnlyMemory<byte> indices = default;
        var extension = Array.FindIndex(sections, s => s.Type == ElfSection.SymbolTableIndices && s.Link == (uint)index);
        if (extension >= 0 && !sections[extension].TryGetBytes(source, out indices))
        {
            problem = "The extended section indices lie outside the file";
        }

        return new(layout, index, rows, indices, (int)rowSize);
    }

    /// <summary>The symbols' names; null when they lie outside the file or are damaged.</summary>
    public ElfStringTable? NamesIn(ByteSource source)
    {
        var link = _layout.Sections[Section].Link;
        return link < (uint)_layout.Sections.Length
            && _layout.Sections[link].Type == ElfSection.StringTable
            && _layout.Sections[link].TryGetBytes(source, out var bytes)
            ? new ElfStringTable(bytes)
            : null;
    }

    private int SectionOf(int index, ushort number)
    {
        uint section = number;
        if (number == ExtendedSection)
        {
            var indices = _indices.Span;
            section = index < indices.Length / 4 ? _layout.Encoding.UInt32(indices, index * 4) : uint.MaxValue;
        }
        else if (number >= FirstReservedSection)
        {
            return ElfFunction.NoSection;
        }

        return section < (uint)_layout.Sections.Length ? (int)section : ElfSymbol.BadSection;
    }
}
