using System.Collections.Immutable;
using System.Text;

namespace IpaAnalysis.Oracle.Objects;

/// <summary>Names what code refers to so that the name does not depend on the layout of the object.</summary>
internal sealed class PlaceNamer
{
    // How far outside a variable an address is still taken as counted from it: a loop's end, an index with an offset.
    private const long Slack = 64;
    private const int MaxDepth = 3;

    private readonly ElfObject _elf;
    private readonly IReadOnlyList<Piece> _pieces;
    private readonly ILookup<int, ElfSymbol> _data;
    private readonly Dictionary<int, SortedSet<ulong>> _anchors = [];

    public PlaceNamer(ElfObject elf, IReadOnlyList<Piece> pieces)
    {
        _elf = elf;
        _pieces = pieces;
        _data = elf.Symbols.Where(s => s.Section > 0 && s.IsData).ToLookup(s => s.Section);
        foreach (var symbol in elf.Symbols.Where(s => s.Section > 0 && !s.IsSection && !s.Name.StartsWith('$')))
        {
            AddAnchor(symbol.Section, symbol.Value);
        }

        // What is pointed to begins something, so that nothing without a symbol reaches further.
        foreach (var instruction in pieces.SelectMany(p => p.Instructions, (p, i) => (p.Section, Instruction: i)))
        {
            foreach (var relocation in RelocationsIn(instruction.Section, instruction.Instruction.Address, instruction.Instruction.End))
            {
                AddAnchor(_elf.Symbols[relocation.Symbol], Offset(relocation, instruction.Instruction.End));
            }
        }

        foreach (var relocation in elf.Relocations.Where(r => !elf.Sections[r.Key].IsCode).SelectMany(r => r.Value).Where(r => !r.IsRelative))
        {
            AddAnchor(_elf.Symbols[relocation.Symbol], relocation.Addend);
        }
    }

    /// <summary>What an instruction refers to.</summary>
    public IEnumerable<ImmutableArray<string>> PlacesOf(Instruction instruction, Piece piece)
    {
        var any = false;
        foreach (var relocation in RelocationsIn(piece.Section, instruction.Address, instruction.End))
        {
            any = true;
            var names = Name(_elf.Symbols[relocation.Symbol], Offset(relocation, instruction.End), piece, 0);
            yield return relocation.IsThroughTable ? [.. names.Select(n => "slot of " + n)] : names;
        }

        if (!any && instruction.Target is { } target)
        {
            yield return Name(piece.Section, target, piece, 0);
        }
    }

    private static long Offset(ElfRelocation relocation, ulong end) =>
        relocation.Addend + (relocation.IsRelative ? (long)(end - relocation.Offset) : 0);

    private ImmutableArray<string> Name(ElfSymbol symbol, long offset, Piece piece, int depth) =>
        symbol.Section > 0 && (symbol.IsSection || symbol.IsLocal)
            ? Name(symbol.Section, (ulong)((long)symbol.Value + offset), piece, depth)
            : [WithOffset(symbol.Name, offset)];

    private ImmutableArray<string> Name(int section, ulong offset, Piece piece, int depth)
    {
        if (piece.Covers(section, offset))
        {
            return [$"#{piece.IndexOf(offset)}"];
        }

        var content = _elf.Sections[section];
        if (content.IsCode)
        {
            return NameCode(section, offset);
        }

        if (content.IsMergeable && offset < content.Size)
        {
            var rest = content.Data.Span[(int)offset..];
            return content.IsStrings
                ? [$"\"{Encoding.Latin1.GetString(rest[..Math.Max(0, rest.IndexOf((byte)0))])}\""]
                : [Convert.ToHexString(rest[..(int)(content.EntrySize - (offset % content.EntrySize))])];
        }

        return NameData(section, offset, piece, depth);
    }

    private ImmutableArray<string> NameCode(int section, ulong offset) =>
        _pieces.FirstOrDefault(p => p.Covers(section, offset)) is { } other
            ? [.. other.Symbols.Select(s => WithOffset(s, other.IndexOf(offset), "#"))]
            : [_elf.Sections[section].Name];

    private ImmutableArray<string> NameData(int section, ulong offset, Piece piece, int depth)
    {
        var data = _elf.Sections[section];
        var covering = _data[section].Where(s => offset >= s.Value && offset < s.Value + s.Size).ToList();
        if (covering.Find(s => s.Name.StartsWith("CSWTCH.", StringComparison.Ordinal)) is { } table)
        {
            // A table that the compiler made of a switch is code of the function that reads it.
            return [WithOffset(Content(section, table.Value, table.Value + table.Size, piece, depth), (long)(offset - table.Value))];
        }

        var isReadOnly = (data.Flags & 1) == 0;
        if (covering.Count == 0 && isReadOnly && offset < data.Size && data.Data.Length > 0)
        {
            return [Content(section, offset, NextAnchor(section, offset), piece, depth)];
        }

        var slack = covering.Count == 0 ? Slack : 0;
        var near = _data[section].Where(s =>
            (long)(offset - s.Value) is var from && (from < 0 ? from >= -Slack : from >= (long)s.Size && from <= (long)s.Size + slack));
        var names = covering.Concat(near).Select(s => WithOffset(s.Name, (long)offset - (long)s.Value)).ToImmutableArray();
        return names.IsEmpty ? [data.Name] : names;
    }

    /// <summary>Data without a name of its own, such as a jump table, by what it holds.</summary>
    private string Content(int section, ulong start, ulong end, Piece piece, int depth)
    {
        var bytes = _elf.Sections[section].Data.Span;
        var text = new StringBuilder("[");
        var relocations = RelocationsIn(section, start, end).ToDictionary(r => r.Offset);
        var zeros = 0;
        for (var at = start; at < end && (int)at < bytes.Length; at++)
        {
            if (relocations.TryGetValue(at, out var relocation))
            {
                var offset = relocation.Addend - (relocation.IsRelative ? (long)(at - start) : 0);
                var names = depth < MaxDepth ? Name(_elf.Symbols[relocation.Symbol], offset, piece, depth + 1) : ["…"];
                text.Append('0', zeros).Append('(').AppendJoin('|', names).Append(')');
                zeros = 0;
                at += relocation.IsRelative ? 3UL : 7UL;
            }
            else if (bytes[(int)at] == 0)
            {
                zeros += 2;
            }
            else
            {
                text.Append('0', zeros).Append(Convert.ToHexString(bytes.Slice((int)at, 1)));
                zeros = 0;
            }
        }

        // Zeros at the end may be what aligns the next thing.
        return text.Append(']').ToString();
    }

    private static string WithOffset(string name, long offset, string separator = "+") =>
        offset == 0 ? SymbolName.Canonical(name) : $"{SymbolName.Canonical(name)}{separator}{offset}";

    private IEnumerable<ElfRelocation> RelocationsIn(int section, ulong start, ulong end)
    {
        if (!_elf.Relocations.TryGetValue(section, out var all))
        {
            yield break;
        }

        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = all[middle].Offset < start ? (middle + 1, high) : (low, middle);
        }

        for (; low < all.Length && all[low].Offset < end; low++)
        {
            yield return all[low];
        }
    }

    private ulong NextAnchor(int section, ulong offset)
    {
        var next = _anchors.TryGetValue(section, out var anchors) ? anchors.GetViewBetween(offset + 1, ulong.MaxValue).Min : 0;
        return next > offset ? next : _elf.Sections[section].Size;
    }

    private void AddAnchor(ElfSymbol symbol, long offset)
    {
        if (symbol.Section > 0 && (symbol.IsSection || symbol.IsLocal))
        {
            AddAnchor(symbol.Section, (ulong)((long)symbol.Value + offset));
        }
    }

    private void AddAnchor(int section, ulong offset)
    {
        if (!_anchors.TryGetValue(section, out var anchors))
        {
            _anchors[section] = anchors = [];
        }

        anchors.Add(offset);
    }
}
