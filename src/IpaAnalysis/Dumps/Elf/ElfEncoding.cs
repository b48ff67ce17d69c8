using System.Buffers.Binary;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>Decodes numbers in a file's class and byte order. Offsets are the caller's to check.</summary>
internal readonly record struct ElfEncoding(ElfClass Class, bool IsBigEndian)
{
    public bool Is64 => Class == ElfClass.Elf64;

    public int HeaderSize => Is64 ? 64 : 52;

    public int SectionHeaderSize => Is64 ? 64 : 40;

    public int SymbolSize => Is64 ? 24 : 16;

    public int RelocationSize(bool hasAddend) => (Is64 ? 8 : 4) * (hasAddend ? 3 : 2);

    public ushort UInt16(ReadOnlySpan<byte> bytes, int offset) => IsBigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    public uint UInt32(ReadOnlySpan<byte> bytes, int offset) => IsBigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    public ulong UInt64(ReadOnlySpan<byte> bytes, int offset) => IsBigEndian
        ? BinaryPrimitives.ReadUInt64BigEndian(bytes[offset..])
        : BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    /// <summary>A word as wide as an address.</summary>
    public ulong Word(ReadOnlySpan<byte> bytes, int offset) => Is64 ? UInt64(bytes, offset) : UInt32(bytes, offset);

    /// <summary>A signed word as wide as an address.</summary>
    public long SignedWord(ReadOnlySpan<byte> bytes, int offset) =>
        Is64 ? (long)UInt64(bytes, offset) : (int)UInt32(bytes, offset);

    /// <summary>Cuts a sum down to the width of an address.</summary>
    public ulong Wrap(ulong address) => Is64 ? address : (uint)address;
}
