using System.Buffers.Binary;
using System.Text;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>Writes small relocatable objects of any processor, class and byte order.</summary>
internal sealed class SyntheticElf(ElfMachine machine, ElfClass width, bool isBigEndian)
{
    public const ulong Alloc = 2;
    public const ulong Code = 6;
    public const byte Function = 2;
    public const byte SectionSymbol = 3;

    private readonly List<(string Name, uint Type, ulong Flags, byte[] Bytes, uint Link, uint Info, int EntrySize)> _sections = [("", 0, 0, [], 0, 0, 0)];
    private readonly List<(string Name, byte Type, int Section, ulong Value, ulong Size)> _symbols = [("", 0, 0, 0, 0)];
    private readonly List<(int Section, List<(ulong Offset, int Symbol, uint Type, long Addend)> Rows, bool HasAddend)> _relocations = [];

    private bool Is64 => width == ElfClass.Elf64;

    /// <summary>Adds a section and gives its index.</summary>
    public int Section(string name, ulong flags, byte[] bytes, uint type = 1)
    {
        _sections.Add((name, type, flags, bytes, 0, 0, 0));
        return _sections.Count - 1;
    }

    /// <summary>Adds a local symbol and gives its index.</summary>
    public int Symbol(string name, byte type, int section, ulong value, ulong size = 4)
    {
        _symbols.Add((name, type, section, value, size));
        return _symbols.Count - 1;
    }

    public void Relocations(int section, bool hasAddend, params (ulong Offset, int Symbol, uint Type, long Addend)[] rows) =>
        _relocations.Add((section, [.. rows], hasAddend));

    public byte[] Build()
    {
        var sections = _sections.ToList();
        var symbolTable = (uint)(sections.Count + _relocations.Count);
        foreach (var (section, rows, hasAddend) in _relocations)
        {
            var bytes = rows.SelectMany(r => RelocationRow(r.Offset, r.Symbol, r.Type, r.Addend, hasAddend)).ToArray();
            var size = (Is64 ? 8 : 4) * (hasAddend ? 3 : 2);
            sections.Add(((hasAddend ? ".rela" : ".rel") + sections[section].Name, hasAddend ? 4u : 9u, 0, bytes, symbolTable, (uint)section, size));
        }

        var names = new MemoryStream();
        var symbols = _symbols.SelectMany(s => SymbolRow(AddName(names, s.Name), s.Type, s.Section, s.Value, s.Size)).ToArray();
        sections.Add((".symtab", 2, 0, symbols, symbolTable + 1, (uint)_symbols.Count, Is64 ? 24 : 16));
        sections.Add((".strtab", 3, 0, names.ToArray(), 0, 0, 0));
        sections.Add((".shstrtab", 3, 0, [], 0, 0, 0));
        var sectionNames = new MemoryStream();
        var nameOffsets = sections.Select(s => AddName(sectionNames, s.Name)).ToArray();
        sections[^1] = sections[^1] with { Bytes = sectionNames.ToArray() };

        var body = new MemoryStream();
        var headers = new MemoryStream();
        var start = Is64 ? 64UL : 52UL;
        for (var i = 0; i < sections.Count; i++)
        {
            var s = sections[i];
            headers.Write([.. U32(nameOffsets[i]), .. U32(s.Type), .. Word(s.Flags), .. Word(0), .. Word(start + (ulong)body.Length), .. Word((ulong)s.Bytes.Length), .. U32(s.Link), .. U32(s.Info), .. Word(1), .. Word((ulong)s.EntrySize)]);
            if (s.Type != 8)
            {
                body.Write(s.Bytes);
            }
        }

        byte[] ident = [0x7f, .. "ELF"u8, (byte)width, (byte)(isBigEndian ? 2 : 1), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        return
        [
            .. ident, .. U16(1), .. U16((int)machine), .. U32(1), .. Word(0), .. Word(0), .. Word(start + (ulong)body.Length), .. U32(0),
            .. U16((int)start), .. U16(0), .. U16(0), .. U16(Is64 ? 64 : 40), .. U16(sections.Count), .. U16(sections.Count - 1),
            .. body.ToArray(), .. headers.ToArray(),
        ];
    }

    /// <summary>A number in the object's byte order.</summary>
    public byte[] U32(uint value)
    {
        var bytes = new byte[4];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        return bytes;
    }

    private static uint AddName(MemoryStream names, string name)
    {
        if (names.Length == 0)
        {
            names.WriteByte(0);
        }

        var offset = name.Length == 0 ? 0 : (uint)names.Length;
        if (name.Length > 0)
        {
            names.Write([.. Encoding.UTF8.GetBytes(name), 0]);
        }

        return offset;
    }

    private byte[] U16(int value)
    {
        var bytes = U32((uint)value);
        return isBigEndian ? bytes[2..] : bytes[..2];
    }

    private byte[] Word(ulong value)
    {
        var low = U32((uint)value);
        var high = U32((uint)(value >> 32));
        return !Is64 ? low : isBigEndian ? [.. high, .. low] : [.. low, .. high];
    }

    private byte[] SymbolRow(uint name, byte type, int section, ulong value, ulong size) => Is64
        ? [.. U32(name), type, 0, .. U16(section), .. Word(value), .. Word(size)]
        : [.. U32(name), .. Word(value), .. Word(size), type, 0, .. U16(section)];

    private byte[] RelocationRow(ulong offset, int symbol, uint type, long addend, bool hasAddend)
    {
        var info = Is64 ? ((ulong)symbol << 32) | type : ((ulong)symbol << 8) | type;
        return [.. Word(offset), .. Word(info), .. hasAddend ? Word((ulong)addend) : []];
    }
}
