namespace IpaAnalysis.Oracle.Objects;

/// <summary>An entry of the symbol table.</summary>
/// <param name="Section">The index of its section; 0 when it is defined elsewhere.</param>
internal sealed record ElfSymbol(string Name, ulong Value, ulong Size, byte Type, bool IsLocal, int Section)
{
    public bool IsData => Type == 1;

    public bool IsFunction => Type == 2;

    public bool IsSection => Type == 3;
}
