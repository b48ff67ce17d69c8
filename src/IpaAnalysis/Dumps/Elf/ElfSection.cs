using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf;

/// <summary>A row of the section header table.</summary>
internal readonly record struct ElfSection(
    uint NameOffset,
    uint Type,
    ulong Flags,
    ulong Offset,
    ulong Size,
    uint Link,
    uint Info,
    ulong EntrySize)
{
    public const uint SymbolTable = 2;
    public const uint StringTable = 3;
    public const uint RelocationsWithAddend = 4;
    public const uint NoBits = 8;
    public const uint Relocations = 9;
    public const uint SymbolTableIndices = 18;
    public const uint CompactRelocations = 0x40000014;

    private const ulong AllocFlag = 2;
    private const ulong ExecutableFlag = 4;
    private const ulong CompressedFlag = 0x800;

    /// <summary>Whether the section is in memory when the code runs.</summary>
    public bool IsAllocated => (Flags & AllocFlag) != 0;

    public bool IsCode => (Flags & ExecutableFlag) != 0 && IsAllocated;

    public bool IsCompressed => (Flags & CompressedFlag) != 0;

    /// <summary>Whether the file has no bytes for the section: .bss, or a symbols-only copy.</summary>
    public bool IsEmptyInFile => Type == NoBits;

    public bool TryGetBytes(ByteSource source, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (IsEmptyInFile || Size == 0)
        {
            return true;
        }

        return Offset <= long.MaxValue && Size <= long.MaxValue && source.TryGet((long)Offset, (long)Size, out bytes);
    }
}
