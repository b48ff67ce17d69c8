using System.Buffers.Binary;
using System.Text;

namespace IpaAnalysis.Oracle.Objects;

/// <summary>
/// A relocatable ELF file for x86-64 or little-endian AArch64. The oracle has a reader of its own, so that an error in the library's cannot hide itself.
/// </summary>
internal sealed class ElfObject
{
    private const int MachineX64 = 62;
    private const int MachineArm = 183;
    private readonly Dictionary<int, ElfRelocation[]> _relocations = [];

    private ElfObject(ElfSection[] sections, ElfSymbol[] symbols, bool isArm) => (Sections, Symbols, IsArm) = (sections, symbols, isArm);

    /// <summary>Whether it is for AArch64.</summary>
    public bool IsArm { get; }

    public IReadOnlyList<ElfSection> Sections { get; }

    public IReadOnlyList<ElfSymbol> Symbols { get; }

    /// <summary>Every relocated section with its relocations, ordered by place.</summary>
    public IReadOnlyDictionary<int, ElfRelocation[]> Relocations => _relocations;

    public static ElfObject Read(byte[] file)
    {
        ReadOnlySpan<byte> bytes = file;
        if (bytes.Length < 64 || !bytes.StartsWith("\x7f"u8) || bytes[4] != 2 || bytes[5] != 1 || U16(bytes, 18) is not (MachineX64 or MachineArm))
        {
            throw new InvalidDataException("not an ELF object for x86-64 or AArch64");
        }

        var table = (int)U64(bytes, 40);
        var count = U16(bytes, 60) is var told and > 0 ? told : (int)U64(bytes, table + 32);
        var names = U16(bytes, 62) is var link and < 0xff00 ? link : (int)U32(bytes, table + 40);
        var headers = Enumerable.Range(0, count).Select(i => table + (i * 64)).ToArray();
        ReadOnlyMemory<byte> Data(int header) => U32(file, header + 4) is 8 or 0
            ? default
            : file.AsMemory((int)U64(file, header + 24), (int)U64(file, header + 32));

        var sections = headers.Select(h => new ElfSection(
            Text(Data(headers[names]).Span, U32(file, h)), U32(file, h + 4), U64(file, h + 8), Data(h), U64(file, h + 32), U64(file, h + 56))).ToArray();
        var symbolTable = Array.FindIndex(sections, s => s.Type == 2);
        var symbols = symbolTable < 0 ? [] : ReadSymbols(sections[symbolTable].Data.Span, Data(headers[(int)U32(bytes, headers[symbolTable] + 40)]).Span);
        var elf = new ElfObject(sections, symbols, U16(bytes, 18) == MachineArm);
        for (var i = 0; i < count; i++)
        {
            if (sections[i].Type == 4)
            {
                elf._relocations[(int)U32(bytes, headers[i] + 44)] = ReadRelocations(sections[i].Data.Span, elf.IsArm);
            }
        }

        return elf;
    }

    private static ElfSymbol[] ReadSymbols(ReadOnlySpan<byte> table, ReadOnlySpan<byte> names)
    {
        var symbols = new ElfSymbol[table.Length / 24];
        for (var i = 0; i < symbols.Length; i++)
        {
            var entry = table.Slice(i * 24, 24);
            var section = U16(entry, 6);
            symbols[i] = new ElfSymbol(
                Text(names, U32(entry, 0)), U64(entry, 8), U64(entry, 16), (byte)(entry[4] & 15), entry[4] >> 4 == 0, section >= 0xff00 ? 0 : section);
        }

        return symbols;
    }

    private static ElfRelocation[] ReadRelocations(ReadOnlySpan<byte> table, bool isArm)
    {
        var relocations = new ElfRelocation[table.Length / 24];
        for (var i = 0; i < relocations.Length; i++)
        {
            var entry = table.Slice(i * 24, 24);
            relocations[i] = new ElfRelocation(U64(entry, 0), U32(entry, 8), (int)U32(entry, 12), (long)U64(entry, 16), isArm);
        }

        return [.. relocations.OrderBy(r => r.Offset)];
    }

    private static string Text(ReadOnlySpan<byte> table, uint offset)
    {
        var rest = table[(int)offset..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
