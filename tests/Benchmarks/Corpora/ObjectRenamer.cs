using System.Buffers.Binary;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>Renames the symbols of an ELF object in place, in the string tables that its symbol tables use.</summary>
internal static class ObjectRenamer
{
    private const uint SymbolTable = 2;
    private const uint StringTable = 3;

    /// <summary>Renames; what is no ELF file stays as it is.</summary>
    public static void Rename(Span<byte> file, CopyNames names)
    {
        if (!file.StartsWith("\u007fELF"u8) || file.Length < 64)
        {
            return;
        }

        var elf = new Layout(file[4] == 2, file[5] == 2);
        var table = (int)elf.Address(file, elf.Is64 ? 0x28 : 0x20);
        var size = elf.Half(file, elf.Is64 ? 0x3a : 0x2e);
        var count = elf.Half(file, elf.Is64 ? 0x3c : 0x30);

        // With very many sections the number is in the first one.
        count = count == 0 && table > 0 ? (int)elf.SectionSize(file[table..]) : count;
        for (var i = 0; i < count; i++)
        {
            var section = file.Slice(table + (i * size), size);
            if (elf.Word(section, 4) != SymbolTable)
            {
                continue;
            }

            var strings = file.Slice(table + ((int)elf.Word(section, elf.Is64 ? 0x28 : 0x18) * size), size);
            if (elf.Word(strings, 4) == StringTable)
            {
                var content = file.Slice((int)elf.Address(strings, elf.Is64 ? 0x18 : 0x10), (int)elf.SectionSize(strings));
                RenameAll(content, names);
            }
        }
    }

    /// <summary>A string that is the tail of another is stored once, and gets the same name in both: the rule is letter by letter.</summary>
    private static void RenameAll(Span<byte> strings, CopyNames names)
    {
        while (!strings.IsEmpty)
        {
            var end = strings.IndexOf((byte)0);
            end = end < 0 ? strings.Length : end;
            names.RenameSymbol(strings[..end]);
            strings = strings[Math.Min(end + 1, strings.Length)..];
        }
    }

    private readonly record struct Layout(bool Is64, bool IsBigEndian)
    {
        public int Half(ReadOnlySpan<byte> bytes, int at) => IsBigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..])
            : BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

        public uint Word(ReadOnlySpan<byte> bytes, int at) => IsBigEndian
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes[at..])
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

        public long Address(ReadOnlySpan<byte> bytes, int at) => (Is64, IsBigEndian) switch
        {
            (true, true) => BinaryPrimitives.ReadInt64BigEndian(bytes[at..]),
            (true, false) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]),
            _ => Word(bytes, at),
        };

        public long SectionSize(ReadOnlySpan<byte> section) => Address(section, Is64 ? 0x20 : 0x14);
    }
}
