namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>The header of a unit in <c>.debug_info</c> (DWARF 5, section 7.5.1).</summary>
/// <param name="Size">The unit's bytes, the length field included.</param>
/// <param name="IsCompileUnit">Whether it describes a compilation: no type, skeleton or partial unit, and a known version.</param>
/// <param name="Version">2 to 5.</param>
/// <param name="OffsetSize">4, or 8 in the 64-bit format.</param>
/// <param name="AddressSize">The bytes of an address.</param>
/// <param name="HeaderSize">Where the first entry starts.</param>
/// <param name="AbbreviationsPlace">Where in the header <paramref name="Abbreviations"/> is.</param>
/// <param name="Abbreviations">The offset of the abbreviations as it stands in the file.</param>
internal readonly record struct DwarfUnit(
    ulong Size,
    bool IsCompileUnit,
    int Version,
    int OffsetSize,
    int AddressSize,
    int HeaderSize,
    int AbbreviationsPlace,
    ulong Abbreviations)
{
    private const ulong FirstReservedLength = 0xffff_fff0;
    private const ulong Format64 = 0xffff_ffff;
    private const ulong CompileUnitType = 1;

    /// <summary>Reads a header; null when its length is cut off or has no meaning.</summary>
    public static DwarfUnit? Read(ReadOnlySpan<byte> bytes, ElfEncoding encoding)
    {
        var cursor = new DwarfCursor(bytes, encoding);
        var offsetSize = 4;
        var length = cursor.Number(4);
        if (length == Format64)
        {
            offsetSize = 8;
            length = cursor.Number(8);
        }

        if (cursor.IsPastEnd || length > long.MaxValue || (offsetSize == 4 && length >= FirstReservedLength))
        {
            return null;
        }

        var size = length + (ulong)cursor.Position;
        var version = (int)cursor.Number(2);
        var isCompileUnit = version is >= 2 and <= 5;
        var addressSize = 0;
        if (version == 5)
        {
            isCompileUnit = cursor.Number(1) == CompileUnitType;
            addressSize = (int)cursor.Number(1);
        }

        var place = cursor.Position;
        var abbreviations = cursor.Number(offsetSize);
        addressSize = version == 5 ? addressSize : (int)cursor.Number(1);
        isCompileUnit &= !cursor.IsPastEnd && (ulong)cursor.Position < size;
        return new(size, isCompileUnit, version, offsetSize, addressSize, cursor.Position, place, abbreviations);
    }
}
