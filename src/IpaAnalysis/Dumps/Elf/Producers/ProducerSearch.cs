using System.Text;

namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>One search for the producer of an object's compile units.</summary>
internal sealed class ProducerSearch(DebugSections sections, ElfEncoding encoding)
{
    // What a unit's first entry and its abbreviation need; the second attempt is for the unusual ones.
    private const int FirstWindow = 4 * 1024;
    private const int LastWindow = 64 * 1024;

    private const ulong CompileUnitTag = 0x11;
    private const ulong ProducerAttribute = 0x25;
    private const ulong TextBaseAttribute = 0x72;

    private bool _isDamaged;

    /// <summary>Whether something on the way could not be read.</summary>
    public bool IsDamaged => _isDamaged || sections.IsDamaged;

    /// <summary>The producer of the first unit that GCC's C or C++ compiler made; null when there is none.</summary>
    public string? Run()
    {
        foreach (var index in sections.IndicesOf("info"))
        {
            using var info = sections.Open(index);
            if (info is not null && FindIn(info) is { } producer)
            {
                return producer;
            }
        }

        return null;
    }

    private string? FindIn(DebugSection info)
    {
        for (var start = 0UL; start < (ulong)info.Length;)
        {
            var bytes = info.Window(start, FirstWindow);
            if (DwarfUnit.Read(bytes, encoding) is not { } unit || unit.Size > (ulong)info.Length - start)
            {
                _isDamaged = true;
                return null;
            }

            if (unit.IsCompileUnit && ProducerOf(info, start, unit, bytes) is var text && ProducerText.IsGnuC(text))
            {
                return Encoding.UTF8.GetString(text);
            }

            start += unit.Size;
        }

        return null;
    }

    private ReadOnlySpan<byte> ProducerOf(DebugSection info, ulong start, in DwarfUnit unit, ReadOnlySpan<byte> bytes)
    {
        if (sections.First("abbrev") is not { } table)
        {
            return default;
        }

        var abbreviations = info.Resolve(start + (ulong)unit.AbbreviationsPlace, unit.Abbreviations, unit.OffsetSize);
        for (var window = FirstWindow; ; window = LastWindow)
        {
            if (window > FirstWindow)
            {
                bytes = info.Window(start, window);
            }

            bytes = bytes[..(int)Math.Min((ulong)bytes.Length, unit.Size)];
            var entry = new DwarfCursor(bytes, encoding);
            entry.Skip((ulong)unit.HeaderSize);
            var abbreviation = new DwarfCursor(table.Window(abbreviations, window), encoding);
            var text = ReadEntry(info, start, unit, ref entry, ref abbreviation);
            if (!entry.IsPastEnd && !abbreviation.IsPastEnd)
            {
                return text;
            }

            if (window == LastWindow)
            {
                _isDamaged = true;
                return default;
            }
        }
    }

    private ReadOnlySpan<byte> ReadEntry(DebugSection info, ulong start, in DwarfUnit unit, scoped ref DwarfCursor entry, scoped ref DwarfCursor abbreviation)
    {
        if (!FindAbbreviation(ref abbreviation, entry.Leb()))
        {
            return default;
        }

        // Without the attribute the offsets start after the header of their section (DWARF 5, section 7.26).
        var textBase = unit.OffsetSize == 4 ? 8UL : 16UL;
        ulong? textIndex = null;
        while (!entry.IsPastEnd && !abbreviation.IsPastEnd)
        {
            var attribute = abbreviation.Leb();
            var form = abbreviation.Leb();
            if (attribute == 0 && form == 0)
            {
                break;
            }

            if (form == DwarfForms.ImplicitConstant)
            {
                abbreviation.Leb();
            }

            while (form == DwarfForms.Indirect && !entry.IsPastEnd)
            {
                form = entry.Leb();
            }

            if (attribute == ProducerAttribute)
            {
                textIndex = ReadTextIndex(ref entry, form);
                if (textIndex is null)
                {
                    return ReadText(info, start, unit, ref entry, form);
                }
            }
            else if (attribute == TextBaseAttribute && form == 0x17)
            {
                var place = start + (ulong)entry.Position;
                textBase = info.Resolve(place, entry.Number(unit.OffsetSize), unit.OffsetSize);
            }
            else if (!DwarfForms.Skip(ref entry, form, unit))
            {
                break;
            }
        }

        return textIndex is { } index && !entry.IsPastEnd && !abbreviation.IsPastEnd ? IndexedText(textBase, index, unit.OffsetSize) : default;
    }

    /// <summary>Goes to the attributes of the abbreviation with a code, if it is one of a compile unit.</summary>
    private static bool FindAbbreviation(scoped ref DwarfCursor abbreviation, ulong code)
    {
        while (code != 0 && abbreviation.Leb() is not 0 and var next)
        {
            var tag = abbreviation.Leb();
            abbreviation.Skip(1);
            if (next == code)
            {
                return tag == CompileUnitTag;
            }

            ulong attribute, form;
            do
            {
                attribute = abbreviation.Leb();
                form = abbreviation.Leb();
                if (form == DwarfForms.ImplicitConstant)
                {
                    abbreviation.Leb();
                }
            }
            while (attribute != 0 || form != 0);
        }

        return false;
    }

    private static ulong? ReadTextIndex(scoped ref DwarfCursor entry, ulong form) => form switch
    {
        DwarfForms.TextIndex => entry.Leb(),
        DwarfForms.TextIndex1 => entry.Number(1),
        DwarfForms.TextIndex2 => entry.Number(2),
        DwarfForms.TextIndex3 => entry.Number(3),
        DwarfForms.TextIndex4 => entry.Number(4),
        _ => null,
    };

    private ReadOnlySpan<byte> ReadText(DebugSection info, ulong start, in DwarfUnit unit, scoped ref DwarfCursor entry, ulong form)
    {
        var place = start + (ulong)entry.Position;
        switch (form)
        {
            case DwarfForms.InlineText:
                return entry.Text();
            case DwarfForms.TextOffset or DwarfForms.LineTextOffset:
                var inPlace = entry.Number(unit.OffsetSize);
                return entry.IsPastEnd
                    ? default
                    : TextAt(form == DwarfForms.TextOffset ? "str" : "line_str", info.Resolve(place, inPlace, unit.OffsetSize));
            default:
                // In another file (dwz), or unknown.
                return default;
        }
    }

    private ReadOnlySpan<byte> IndexedText(ulong textBase, ulong index, int offsetSize)
    {
        var place = unchecked(textBase + (index * (ulong)offsetSize));
        if (sections.First("str_offsets") is not { } offsets)
        {
            return default;
        }

        var cursor = new DwarfCursor(offsets.Window(place, offsetSize), encoding);
        var inPlace = cursor.Number(offsetSize);
        _isDamaged |= cursor.IsPastEnd;
        return cursor.IsPastEnd ? default : TextAt("str", offsets.Resolve(place, inPlace, offsetSize));
    }

    private ReadOnlySpan<byte> TextAt(string section, ulong offset)
    {
        if (sections.First(section) is not { } strings)
        {
            return default;
        }

        var bytes = strings.Window(offset, FirstWindow);
        bytes = bytes.Contains((byte)0) ? bytes : strings.Window(offset, LastWindow);
        var length = bytes.IndexOf((byte)0);
        _isDamaged |= length < 0;
        return length < 0 ? default : bytes[..length];
    }
}
