namespace IpaAnalysis.Oracle.Objects;

/// <summary>A section of an object file (System V ABI, "Sections").</summary>
internal sealed record ElfSection(string Name, uint Type, ulong Flags, ReadOnlyMemory<byte> Data, ulong Size, ulong EntrySize)
{
    private const ulong Executable = 4;
    private const ulong Merge = 0x10;
    private const ulong Strings = 0x20;

    public bool IsCode => (Flags & Executable) != 0;

    public bool IsMergeable => (Flags & Merge) != 0;

    public bool IsStrings => (Flags & Strings) != 0;
}
