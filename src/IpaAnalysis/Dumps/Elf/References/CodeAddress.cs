namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>A place in an object: section and offset.</summary>
internal readonly record struct CodeAddress(int Section, ulong Offset)
{
    public static CodeAddress Of(in ElfFunction function) => new(function.Section, function.Value);
}
