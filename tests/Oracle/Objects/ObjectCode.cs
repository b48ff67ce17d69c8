namespace IpaAnalysis.Oracle.Objects;

/// <summary>The machine code of an object by function, with everything resolved to names and contents.</summary>
internal sealed class ObjectCode
{
    private ObjectCode(IReadOnlyList<Piece> pieces, IReadOnlySet<string> localVariables)
    {
        (Pieces, LocalVariables) = (pieces, localVariables);
        ByOrigin = pieces.SelectMany(p => p.Origins, (p, origin) => (p, origin)).ToLookup(p => p.origin, p => p.p, StringComparer.Ordinal);
    }

    public IReadOnlyList<Piece> Pieces { get; }

    /// <summary>The static variables of file scope: those of functions have a number behind a dot.</summary>
    public IReadOnlySet<string> LocalVariables { get; }

    /// <summary>The pieces of each function of the source that is there.</summary>
    public ILookup<string, Piece> ByOrigin { get; }

    /// <summary>Every function symbol.</summary>
    public IEnumerable<string> Symbols => Pieces.SelectMany(p => p.Symbols);

    public static ObjectCode Read(string path)
    {
        var elf = ElfObject.Read(File.ReadAllBytes(path));
        var instructions = Disassembler.Run(path, elf);
        var pieces = elf.Symbols
            .Where(s => s.IsFunction && s.Size > 0 && s.Section > 0 && elf.Sections[s.Section].IsCode)
            .GroupBy(s => (s.Section, s.Value))
            .Select(group => Cut(group.Key.Section, group.Key.Value, [.. group], instructions[group.Key.Section]))
            .OrderBy(p => p.Section).ThenBy(p => p.Start)
            .ToList();
        var namer = new PlaceNamer(elf, pieces);
        foreach (var piece in pieces)
        {
            piece.Tokens = [.. piece.Instructions.Select(i => new Token(i.Text, [.. namer.PlacesOf(i, piece)]))];
        }

        return new ObjectCode(
            pieces, elf.Symbols.Where(s => s.IsData && s.IsLocal && s.Section > 0 && !s.Name.Contains('.', StringComparison.Ordinal)).Select(s => s.Name).ToHashSet(StringComparer.Ordinal));
    }

    private static Piece Cut(int section, ulong start, ElfSymbol[] symbols, List<Instruction> instructions)
    {
        var end = start + symbols.Max(s => s.Size);
        return new Piece(
            section, start, end, [.. symbols.Select(s => s.Name)], [.. instructions.Where(i => i.Address >= start && i.Address < end)]);
    }
}
