using IpaAnalysis.Dumps.Elf.Bytes;

namespace IpaAnalysis.Dumps.Elf.References;

/// <summary>One search for places in an object whose address is taken.</summary>
internal sealed class AddressSearch
{
    private readonly ByteSource _source;
    private readonly ElfLayout _layout;
    private readonly HashSet<CodeAddress> _targets;
    private readonly HashSet<int> _targetSections;
    private readonly RelocationRules? _rules;
    private readonly List<(int Section, ReadOnlyMemory<byte> Rows, int RowSize, bool HasAddend)> _relocationsOfTargets = [];
    private long _readBudget;

    public AddressSearch(ByteSource source, ElfLayout layout, HashSet<CodeAddress> targets)
    {
        _source = source;
        _layout = layout;
        _targets = targets;
        _targetSections = targets.Select(static t => t.Section).Where(static s => s > 0).ToHashSet();
        _rules = RelocationRules.For(layout);

        // Sections do not overlap and each is read twice at most; only a file made to waste time asks for more.
        _readBudget = 2 * source.Length;
    }

    /// <summary>The targets whose address is taken.</summary>
    public HashSet<CodeAddress> Taken { get; } = [];

    /// <summary>Whether everything was seen that can take an address.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>What is damaged, as the start of a sentence.</summary>
    public string? Problem { get; private set; }

    public void Run()
    {
        // A linked image has no relocations to go by; without section names a list of code places looks like any data.
        if (!_layout.IsRelocatable || _layout.Names is null || ElfSymbolTable.Find(_source, _layout, out _) is not { } symbols)
        {
            IsComplete = false;
            return;
        }

        IsComplete = _rules is not null;
        foreach (ref readonly var section in _layout.Sections.AsSpan())
        {
            switch (section.Type)
            {
                case ElfSection.NoBits when section.IsCode && section.Size > 0:
                case ElfSection.CompactRelocations:
                    IsComplete = false;
                    break;
                case ElfSection.Relocations or ElfSection.RelocationsWithAddend:
                    SearchRelocations(section, symbols);
                    break;
            }
        }

        foreach (var section in _targetSections)
        {
            SearchCode(section);
        }
    }

    private void SearchRelocations(in ElfSection section, ElfSymbolTable symbols)
    {
        if (section.Info >= (uint)_layout.Sections.Length)
        {
            Fail("A relocation section belongs to no section");
            return;
        }

        var patched = _layout.Sections[section.Info];
        if (!patched.IsAllocated || (!patched.IsCode && CodePlaceSections.Contains(_layout.NameOf(patched))))
        {
            return;
        }

        var hasAddend = section.Type == ElfSection.RelocationsWithAddend;
        var smallest = _layout.Encoding.RelocationSize(hasAddend);
        if (section.Link != (uint)symbols.Section || section.EntrySize < (ulong)smallest || section.EntrySize > 4096 || !TryRead(section, out var rows))
        {
            Fail("A relocation section lies outside the file or is damaged");
            return;
        }

        var rowSize = (int)section.EntrySize;
        if (_targetSections.Contains((int)section.Info))
        {
            _relocationsOfTargets.Add(((int)section.Info, rows, rowSize, hasAddend));
        }

        SearchRows(rows.Span, rowSize, hasAddend, patched, symbols);
    }

    private void SearchRows(ReadOnlySpan<byte> rows, int rowSize, bool hasAddend, in ElfSection patched, ElfSymbolTable symbols)
    {
        ReadOnlyMemory<byte> bytes = default;
        var isLoaded = false;
        for (; rows.Length >= rowSize; rows = rows[rowSize..])
        {
            var relocation = ElfRelocation.Decode(rows, _layout, hasAddend);
            if (relocation.Symbol >= (uint)symbols.Count)
            {
                Fail("A relocation names a symbol that does not exist");
                continue;
            }

            var symbol = symbols[(int)relocation.Symbol];
            if (!_targetSections.Contains(symbol.Section))
            {
                continue;
            }

            // The bytes tell calls from other uses, and hold the addend where the relocation does not.
            if (!isLoaded && (patched.IsCode || !hasAddend))
            {
                if (patched.IsEmptyInFile)
                {
                    IsComplete = false;
                    return;
                }

                isLoaded = TryRead(patched, out bytes);
                if (!isLoaded)
                {
                    Fail("A section lies outside the file");
                    return;
                }
            }

            Judge(relocation, symbol, patched.IsCode, hasAddend, bytes.Span);
        }

        if (!rows.IsEmpty)
        {
            Fail("The last relocation is cut off");
        }
    }

    private void Judge(in ElfRelocation relocation, in ElfSymbol symbol, bool isCode, bool hasAddend, ReadOnlySpan<byte> bytes)
    {
        if (_rules is null && isCode)
        {
            return;
        }

        var encoding = _layout.Encoding;
        var bias = 0;
        var use = isCode
            ? _rules!.InCode(relocation, bytes, encoding, out bias)
            : _rules?.InData(relocation.Type) ?? RelocationUse.Address;
        if (use == RelocationUse.NoAddress)
        {
            return;
        }

        var addend = hasAddend ? relocation.Addend : _rules?.InPlaceAddend(relocation, bytes, encoding) ?? RelocationRules.WordAt(relocation, bytes, encoding);
        if (use == RelocationUse.SymbolAddress && !symbol.IsSection)
        {
            addend = 0;
            bias = 0;
        }

        Take(symbol, addend + bias);
        if (use == RelocationUse.AddressEitherWay)
        {
            Take(symbol, addend);
        }
    }

    private void Take(in ElfSymbol symbol, long distance)
    {
        var address = new CodeAddress(symbol.Section, _layout.Encoding.Wrap(unchecked(symbol.Value + (ulong)distance)));
        if (_targets.Contains(address))
        {
            Taken.Add(address);
        }
    }

    private void SearchCode(int index)
    {
        var section = _layout.Sections[index];
        if (_rules is null || !section.IsCode || section.IsEmptyInFile)
        {
            return;
        }

        if (!TryRead(section, out var bytes))
        {
            Fail("A section lies outside the file");
            return;
        }

        HashSet<ulong>? relocated = null;
        var code = bytes.Span;
        var from = 0;
        while (_rules.NextComputedAddress(code, ref from, _layout.Encoding, out var place, out var target))
        {
            var address = new CodeAddress(index, unchecked((ulong)target));
            if (_targets.Contains(address) && !(relocated ??= RelocatedPlaces(index)).Contains(place))
            {
                Taken.Add(address);
            }
        }
    }

    /// <summary>Where a section's bytes are still to be filled in: what an instruction there seems to refer to means nothing.</summary>
    private HashSet<ulong> RelocatedPlaces(int section)
    {
        var places = new HashSet<ulong>();
        foreach (var (patched, memory, rowSize, hasAddend) in _relocationsOfTargets)
        {
            for (var rows = memory.Span; patched == section && rows.Length >= rowSize; rows = rows[rowSize..])
            {
                places.Add(ElfRelocation.Decode(rows, _layout, hasAddend).Offset);
            }
        }

        return places;
    }

    private bool TryRead(in ElfSection section, out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        if (section.IsCompressed || section.Size > (ulong)_readBudget)
        {
            return false;
        }

        _readBudget -= (long)section.Size;
        return section.TryGetBytes(_source, out bytes);
    }

    private void Fail(string problem)
    {
        Problem ??= problem;
        IsComplete = false;
    }
}
