using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>A file's header and section header table.</summary>
internal sealed class ElfLayout
{
    private const int RelocatableType = 1;
    private const int ExecutableType = 2;
    private const int SharedType = 3;
    private const uint ExtendedNamesIndex = 0xffff;

    private ElfLayout(ElfEncoding encoding, ElfMachine machine, bool isRelocatable, ElfSection[] sections)
    {
        Encoding = encoding;
        Machine = machine;
        IsRelocatable = isRelocatable;
        Sections = sections;
    }

    public ElfEncoding Encoding { get; }

    public ElfMachine Machine { get; }

    public bool IsRelocatable { get; }

    public ElfSection[] Sections { get; }

    /// <summary>The sections' names; null when they cannot be read.</summary>
    public ElfStringTable? Names { get; private set; }

    /// <summary>Reads the header and the section table.</summary>
    /// <param name="source">The file.</param>
    /// <param name="problem">What is wrong, as the start of a sentence; with a result, only the names are damaged.</param>
    public static ElfLayout? Read(ByteSource source, out string? problem)
    {
        Span<byte> header = stackalloc byte[64];
        header = header[..(int)Math.Min(header.Length, source.Length)];
        if (header.Length < 16 || !source.TryRead(0, header) || !header.StartsWith("\u007fELF"u8) || header[4] is not (1 or 2) || header[5] is not (1 or 2))
        {
            problem = source.Length == 0 ? "The file is empty" : "The file is not an ELF object";
            return null;
        }

        var encoding = new ElfEncoding((ElfClass)header[4], header[5] == 2);
        if (header.Length < encoding.HeaderSize)
        {
            problem = "The ELF header is cut off";
            return null;
        }

        var type = encoding.UInt16(header, 16);
        if (type is not (RelocatableType or ExecutableType or SharedType))
        {
            problem = "The ELF file is neither an object nor a linked image";
            return null;
        }

        var sections = ReadSections(source, header, encoding, out var namesIndex);
        if (sections is null)
        {
            problem = "The section headers lie outside the file or are damaged";
            return null;
        }

        var layout = new ElfLayout(encoding, (ElfMachine)encoding.UInt16(header, 18), type == RelocatableType, sections);
        if (namesIndex < (uint)sections.Length
            && (namesIndex == 0 || sections[namesIndex].Type == ElfSection.StringTable)
            && sections[namesIndex].TryGetBytes(source, out var names))
        {
            layout.Names = namesIndex == 0 ? ElfStringTable.Empty : new ElfStringTable(names);
        }

        problem = layout.Names is null && sections.Length > 0 ? "The section names lie outside the file or are damaged" : null;
        return layout;
    }

    /// <summary>A section's name; empty when it cannot be read.</summary>
    public ReadOnlySpan<byte> NameOf(in ElfSection section) =>
        Names is not null && Names.TryGet(section.NameOffset, out var name) ? name : default;

    private static ElfSection[]? ReadSections(ByteSource source, ReadOnlySpan<byte> header, ElfEncoding encoding, out uint namesIndex)
    {
        var tail = encoding.HeaderSize - 6;
        var offset = encoding.Word(header, encoding.Is64 ? 40 : 32);
        ulong entrySize = encoding.UInt16(header, tail);
        ulong count = encoding.UInt16(header, tail + 2);
        namesIndex = encoding.UInt16(header, tail + 4);
        if (offset == 0)
        {
            return [];
        }

        if (entrySize < (ulong)encoding.SectionHeaderSize || offset > (ulong)source.Length)
        {
            return null;
        }

        Span<byte> first = stackalloc byte[64];
        first = first[..encoding.SectionHeaderSize];
        if (count == 0 || namesIndex == ExtendedNamesIndex)
        {
            // From 0xff00 sections on, the counts are in the unused first row (gABI, "Special Section Indexes").
            if (!source.TryRead((long)offset, first))
            {
                return null;
            }

            var row = Decode(first, encoding);
            count = count == 0 ? row.Size : count;
            namesIndex = namesIndex == ExtendedNamesIndex ? row.Link : namesIndex;
        }

        if (count > ((ulong)source.Length - offset) / entrySize || !source.TryGet((long)offset, (long)(count * entrySize), out var table))
        {
            return null;
        }

        var sections = new ElfSection[count];
        for (var i = 0; i < sections.Length; i++)
        {
            sections[i] = Decode(table.Span.Slice(i * (int)entrySize, encoding.SectionHeaderSize), encoding);
        }

        return sections;
    }

    private static ElfSection Decode(ReadOnlySpan<byte> row, ElfEncoding encoding) => encoding.Is64
        ? new(
            encoding.UInt32(row, 0),
            encoding.UInt32(row, 4),
            encoding.UInt64(row, 8),
            encoding.UInt64(row, 24),
            encoding.UInt64(row, 32),
            encoding.UInt32(row, 40),
            encoding.UInt32(row, 44),
            encoding.UInt64(row, 56))
        : new(
            encoding.UInt32(row, 0),
            encoding.UInt32(row, 4),
            encoding.UInt32(row, 8),
            encoding.UInt32(row, 16),
            encoding.UInt32(row, 20),
            encoding.UInt32(row, 24),
            encoding.UInt32(row, 28),
            encoding.UInt32(row, 36));
}
