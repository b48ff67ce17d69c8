using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Dumps.Elf.References;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>The relocations of one debug section. They are read in pieces and only up to the place that is asked for.</summary>
internal sealed class DebugRelocations
{
    // The first hundreds, among them those of the first unit.
    private const int PieceSize = 8 * 1024;

    private readonly ByteSource _source;
    private readonly ElfLayout _layout;
    private readonly ElfSection _section;
    private readonly RelocationRules? _rules;
    private readonly int _rowSize;
    private readonly long _rowCount;
    private ReadOnlyMemory<byte> _piece;
    private long _firstRow;
    private long _row;

    private DebugRelocations(ByteSource source, ElfLayout layout, ElfSection section)
    {
        _source = source;
        _layout = layout;
        _section = section;
        _rules = RelocationRules.For(layout);
        _rowSize = (int)section.EntrySize;
        _rowCount = (long)(section.Size / section.EntrySize);
    }

    private bool HasAddend => _section.Type == ElfSection.RelocationsWithAddend;

    /// <summary>The relocations of a section; null when there are none, or none that can be read.</summary>
    public static DebugRelocations? Of(ByteSource source, ElfLayout layout, int patched)
    {
        if (!layout.IsRelocatable)
        {
            return null;
        }

        foreach (ref readonly var section in layout.Sections.AsSpan())
        {
            if (section.Info == (uint)patched
                && section.Type is ElfSection.Relocations or ElfSection.RelocationsWithAddend
                && section.EntrySize >= (ulong)layout.Encoding.RelocationSize(section.Type == ElfSection.RelocationsWithAddend)
                && section.EntrySize <= 4096
                && section.Offset <= (ulong)source.Length
                && section.Size <= (ulong)source.Length - section.Offset)
            {
                return new(source, layout, section);
            }
        }

        return null;
    }

    /// <summary>What a linker would write: symbol plus addend. In debug sections GCC and gas use plain absolute kinds only.</summary>
    /// <param name="place">An offset in the section.</param>
    /// <param name="inPlace">The number there, which is the addend of a <c>SHT_REL</c>.</param>
    /// <param name="size">The number's size in bytes.</param>
    public ulong Apply(ulong place, ulong inPlace, int size)
    {
        // A 32-bit object's relocations fill the lower half of a number of 64-bit DWARF.
        place += size == 8 && !_layout.Encoding.Is64 && _layout.Encoding.IsBigEndian ? 4UL : 0;

        // Assemblers write the rows in the order of their places, so the next one asked for is not far.
        for (var left = _rowCount; left > 0; left--)
        {
            if (!TryRow(out var relocation))
            {
                return inPlace;
            }

            if (relocation.Offset == place && _rules?.InData(relocation.Type) != RelocationUse.NoAddress)
            {
                var addend = HasAddend ? (ulong)relocation.Addend : inPlace;
                return unchecked(SymbolValue(relocation.Symbol) + addend);
            }
        }

        return inPlace;
    }

    private bool TryRow(out ElfRelocation relocation)
    {
        relocation = default;
        _row = _row < _rowCount ? _row : 0;
        if (_row < _firstRow || (_row - _firstRow + 1) * _rowSize > _piece.Length)
        {
            var rows = Math.Min(Math.Max(1, PieceSize / _rowSize), _rowCount - _row);
            if (!_source.TryGet((long)_section.Offset + (_row * _rowSize), rows * _rowSize, out _piece))
            {
                return false;
            }

            _firstRow = _row;
        }

        relocation = ElfRelocation.Decode(_piece.Span[(int)((_row - _firstRow) * _rowSize)..], _layout, HasAddend);
        _row++;
        return true;
    }

    /// <summary>A symbol's value: 0 for a section, the distance into it for a label; 0 when it cannot be read.</summary>
    private ulong SymbolValue(uint symbol)
    {
        var encoding = _layout.Encoding;
        if (_section.Link >= (uint)_layout.Sections.Length)
        {
            return 0;
        }

        var table = _layout.Sections[_section.Link];
        Span<byte> row = stackalloc byte[24];
        row = row[..encoding.SymbolSize];
        return table.Type == ElfSection.SymbolTable
            && table.EntrySize >= (ulong)row.Length
            && table.EntrySize <= 4096
            && symbol < table.Size / table.EntrySize
            && table.Offset <= (ulong)_source.Length
            && _source.TryRead((long)(table.Offset + (symbol * table.EntrySize)), row)
                ? encoding.Word(row, encoding.Is64 ? 8 : 4)
                : 0;
    }
}
