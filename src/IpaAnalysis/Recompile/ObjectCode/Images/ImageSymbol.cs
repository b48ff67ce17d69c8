using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Recompile.ObjectCode.Images;

/// <summary>A symbol of an object.</summary>
/// <param name="Index">Its row in the symbol table.</param>
/// <param name="Name">Its name; empty for a section's.</param>
/// <param name="Row">What the table says.</param>
internal sealed record ImageSymbol(int Index, string Name, ElfSymbol Row)
{
    private const int ObjectType = 1;
    private const int ThreadLocalType = 6;

    /// <summary>Whether only this object sees it.</summary>
    public bool IsLocal => Row.Binding == 0;

    /// <summary>Whether a section of this object holds it.</summary>
    public bool IsDefined => Row.Section > 0;

    /// <summary>Whether it is a variable.</summary>
    public bool IsData => Row.Type is ObjectType or ThreadLocalType;

    /// <summary>The offset behind its last byte, in its section.</summary>
    public ulong End => Row.Value + Row.Size;
}
