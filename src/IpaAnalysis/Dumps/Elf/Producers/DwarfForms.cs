namespace IpaAnalysis.Dumps.Elf.Producers;

/// <summary>How values of attributes are stored (DWARF 5, section 7.5.6, and GNU's extensions).</summary>
internal static class DwarfForms
{
    public const ulong InlineText = 0x08;
    public const ulong TextOffset = 0x0e;
    public const ulong Indirect = 0x16;
    public const ulong TextIndex = 0x1a;
    public const ulong LineTextOffset = 0x1f;
    public const ulong ImplicitConstant = 0x21;
    public const ulong TextIndex1 = 0x25;
    public const ulong TextIndex2 = 0x26;
    public const ulong TextIndex3 = 0x27;
    public const ulong TextIndex4 = 0x28;

    /// <summary>Steps over a value.</summary>
    /// <returns>False for a form that is not known: nothing behind it can be read.</returns>
    public static bool Skip(scoped ref DwarfCursor entry, ulong form, in DwarfUnit unit)
    {
        switch (form)
        {
            case 0x0a: // block1
                entry.Skip(entry.Number(1));
                return true;
            case 0x03: // block2
                entry.Skip(entry.Number(2));
                return true;
            case 0x04: // block4
                entry.Skip(entry.Number(4));
                return true;
            case 0x09 or 0x18: // block, exprloc
                entry.Skip(entry.Leb());
                return true;
            case 0x0d or 0x0f or 0x15: // sdata, udata, ref_udata
            case TextIndex or 0x1b or 0x22 or 0x23: // addrx, loclistx, rnglistx
            case 0x1f01 or 0x1f02: // GNU_addr_index, GNU_str_index
                entry.Leb();
                return true;
            case InlineText:
                entry.Text();
                return true;
            default:
                if (FixedSize(form, unit) is not { } size)
                {
                    return false;
                }

                entry.Skip((ulong)size);
                return true;
        }
    }

    private static int? FixedSize(ulong form, in DwarfUnit unit) => form switch
    {
        0x19 or ImplicitConstant => 0, // flag_present
        0x0b or 0x0c or 0x11 or TextIndex1 or 0x29 => 1, // data1, flag, ref1, addrx1
        0x05 or 0x12 or TextIndex2 or 0x2a => 2, // data2, ref2, addrx2
        TextIndex3 or 0x2b => 3, // addrx3
        0x06 or 0x13 or 0x1c or TextIndex4 or 0x2c => 4, // data4, ref4, ref_sup4, addrx4
        0x07 or 0x14 or 0x20 or 0x24 => 8, // data8, ref8, ref_sig8, ref_sup8
        0x1e => 16, // data16
        0x01 => unit.AddressSize, // addr
        0x10 => unit.Version == 2 ? unit.AddressSize : unit.OffsetSize, // ref_addr
        TextOffset or 0x17 or 0x1d or LineTextOffset => unit.OffsetSize, // sec_offset, strp_sup
        0x1f20 or 0x1f21 => unit.OffsetSize, // GNU_ref_alt, GNU_strp_alt
        _ => null,
    };
}
