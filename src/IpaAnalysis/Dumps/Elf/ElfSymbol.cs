namespace IpaAnalysis.Dumps.Elf;

/// <summary>A row of the symbol table.</summary>
/// <param name="NameOffset">Where the name starts in the string table.</param>
/// <param name="Type"><c>STT_*</c>.</param>
/// <param name="Binding"><c>STB_*</c>.</param>
/// <param name="Section">
/// A valid index of a section, 0 for undefined, <see cref="ElfFunction.NoSection"/> for absolute and the like,
/// <see cref="BadSection"/> for an index that is no section.
/// </param>
/// <param name="Value">Offset or address, the Thumb bit cleared.</param>
/// <param name="Size">The size in bytes.</param>
internal readonly record struct ElfSymbol(uint NameOffset, int Type, int Binding, int Section, ulong Value, ulong Size)
{
    public const int BadSection = -2;

    private const int FunctionType = 2;
    private const int SectionType = 3;
    private const int FileType = 4;
    private const int IndirectFunctionType = 10;

    public bool IsFunction => Type is FunctionType or IndirectFunctionType;

    public bool IsIndirect => Type == IndirectFunctionType;

    public bool IsSection => Type == SectionType;

    public bool IsFile => Type == FileType;
}
