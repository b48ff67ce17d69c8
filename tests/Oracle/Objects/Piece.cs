namespace IpaAnalysis.Oracle.Objects;

/// <summary>The code under one address that function symbols name: a function, a clone or a cold part.</summary>
internal sealed class Piece(int section, ulong start, ulong end, IReadOnlyList<string> symbols, IReadOnlyList<Instruction> instructions)
{
    public int Section => section;

    public ulong Start => start;

    public ulong End => end;

    /// <summary>Every name it has.</summary>
    public IReadOnlyList<string> Symbols => symbols;

    /// <summary>The functions of the source that it is code of; several when the compiler folded them.</summary>
    public IEnumerable<string> Origins => symbols.Select(SymbolName.Origin).Distinct(StringComparer.Ordinal);

    /// <summary>The instructions that do something.</summary>
    public IReadOnlyList<Instruction> Instructions { get; } = [.. instructions.Where(i => !i.IsPadding)];

    /// <summary>The code in a form that two objects share.</summary>
    public IReadOnlyList<Token> Tokens { get; set; } = [];

    public bool Covers(int place, ulong offset) => place == section && offset >= start && offset < end;

    /// <summary>How many instructions stand before an address: what does not depend on how they are encoded.</summary>
    public int IndexOf(ulong address)
    {
        var (low, high) = (0, Instructions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Instructions[middle].Address < address ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public bool Means(Piece other) => Tokens.Count == other.Tokens.Count && Tokens.Zip(other.Tokens).All(t => t.First.Means(t.Second));
}
