using System.Globalization;
using System.Text;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Bytes;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Tests.Dumps.Elf;

namespace IpaAnalysis.Tests;

/// <summary>
/// Writes the files of one object by hand: dump, call graph, folding record and object, which the real readers then read.
/// A function lies in unit.c, on a line of its own that its clones share.
/// </summary>
internal sealed class UnitText(string name = "unit.o")
{
    private readonly StringBuilder _dump = new();
    private readonly StringBuilder _calls = new();
    private readonly StringBuilder _folding = new();
    private readonly List<(string Name, int Address, bool IsLocal)> _symbols = [];
    private readonly Dictionary<string, int> _lines = [];
    private int _order;

    public string Name { get; } = name;

    public string Source { get; init; } = "unit.c";

    public bool HasSymbolTable { get; set; } = true;

    public bool HasCallGraph { get; set; } = true;

    public bool HasFoldingRecord => _folding.Length > 0;

    public byte[] Dump => Encoding.UTF8.GetBytes(_dump.ToString());

    public byte[] CallGraph => Encoding.UTF8.GetBytes($"graph: {{ title: \"{Source}\"\n{_calls}}}\n");

    public byte[] FoldingRecord => Encoding.UTF8.GetBytes(_folding.ToString());

    public byte[] Object
    {
        get
        {
            var elf = new SyntheticElf(ElfMachine.X64, ElfClass.Elf64, isBigEndian: false);
            var text = elf.Section(".text", SyntheticElf.Code, new byte[16]);
            foreach (var (symbol, address, isLocal) in _symbols)
            {
                elf.Symbol(symbol, (byte)(SyntheticElf.Function | (isLocal ? 0 : 0x10)), text, (ulong)address);
            }

            return elf.Build();
        }
    }

    public UnitText Inline(string from, string into, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Clone(from, into, "inlining to");
        }

        return this;
    }

    public UnitText Clone(string from, string to, string reason)
    {
        _dump.Append(CultureInfo.InvariantCulture, $"Callgraph clone;{from};{_order++};{Source};{LineOf(from)};1;{to};{_order++};{Source};{LineOf(to)};1;{reason}\n");
        return this;
    }

    /// <summary>A static function with code.</summary>
    public UnitText Static(params ReadOnlySpan<string> symbols) => Functions(symbols, isLocal: true);

    /// <summary>A global function with code.</summary>
    public UnitText Global(params ReadOnlySpan<string> symbols) => Functions(symbols, isLocal: false);

    public UnitText Call(string caller, string callee)
    {
        _calls.Append(CultureInfo.InvariantCulture, $"edge: {{ sourcename: \"{caller}\" targetname: \"{callee}\" label: \"{Source}:1:1\" }}\n");
        return this;
    }

    /// <summary>A node of the call graph only.</summary>
    public UnitText Node(string symbol, string label)
    {
        _calls.Append(CultureInfo.InvariantCulture, $"node: {{ title: \"{symbol}\" label: \"{label}\\n{Source}:{LineOf(symbol)}:1\" }}\n");
        return this;
    }

    /// <summary>A symbol only, at an address of its own or at that of another.</summary>
    public UnitText Symbol(string symbol, bool isLocal, string? at = null)
    {
        var address = at is null ? 16 * (_symbols.Count + 1) : _symbols.Find(s => s.Name == at).Address;
        _symbols.Add((symbol, address, isLocal));
        return this;
    }

    public UnitText Fold(string kept, string folded, string outcome)
    {
        _folding.Append(CultureInfo.InvariantCulture, $"{Source}:1:1: optimized: Semantic equality hit:{kept}/1->{folded}/2\n{Source}:1:1: optimized: Assembler symbol names:{kept}/1->{folded}/2\nUnified; {outcome}\n");
        return this;
    }

    public ObjectSummary Read() => Read(new SummaryBuilder());

    /// <summary>Reads with a builder that may have read other objects before.</summary>
    public ObjectSummary Read(SummaryBuilder builder)
    {
        builder.Clear();
        if (HasSymbolTable)
        {
            using var source = ByteSource.FromMemory(Object);
            builder.AddSymbols(ElfObject.Read(source, Name, builder.Diagnostics)!);
        }

        builder.AddDump(Dump, "unit.ipa-clones");
        if (HasCallGraph)
        {
            builder.AddCallGraph(CallGraph, "unit.ci");
        }

        if (HasFoldingRecord)
        {
            builder.AddFoldingRecord(FoldingRecord, "unit.icf");
        }

        builder.MarkClones();
        return builder.Build("unit.ipa-clones");
    }

    public GraphUnit ToUnit() => new(Name, Read(), static path => path);

    public DependencyGraph ToGraph() => DependencyGraph.Build([ToUnit()]);

    private UnitText Functions(ReadOnlySpan<string> symbols, bool isLocal)
    {
        foreach (var symbol in symbols)
        {
            Node(isLocal ? $"{Source}:{symbol}" : symbol, symbol);
            Symbol(symbol, isLocal);
        }

        return this;
    }

    private int LineOf(string symbol)
    {
        symbol = symbol[(symbol.LastIndexOf(':') + 1)..].TrimStart('*');
        symbol = symbol.Split('.')[0];
        return _lines.TryGetValue(symbol, out var line) ? line : _lines[symbol] = _lines.Count + 1;
    }
}
