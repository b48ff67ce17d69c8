using System.Runtime.InteropServices;
using System.Text;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.CallGraphs;
using IpaAnalysis.Dumps.Clones;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Folding;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>
/// Joins what an object's files say. The symbol table comes first, then the dump, the call graph and the folding record.
/// Its memory serves one object after the other.
/// </summary>
internal sealed class SummaryBuilder
{
    private readonly FunctionTable _functions = new();
    private readonly CloneTable _clones = new();
    private readonly List<CallEdge> _calls = [];
    private readonly SummaryOrder _order = new();
    private readonly List<Folding> _foldings = [];
    private readonly List<(int Alias, int Target)> _aliases = [];
    private string[] _compilers = [];
    private ElfMachine _machine;
    private string? _producer;
    private string? _mainFile;
    private string? _sourceFileName;
    private bool _hasDump;
    private bool _hasSymbols;
    private bool _hasCallGraph;
    private bool _hasFoldingRecord;

    public DiagnosticBag Diagnostics { get; private set; } = new();

    /// <summary>Forgets the last object.</summary>
    public void Clear()
    {
        _functions.Clear();
        _clones.Clear();
        _calls.Clear();
        _foldings.Clear();
        _aliases.Clear();
        _compilers = [];
        _machine = default;
        _producer = _mainFile = _sourceFileName = null;
        _hasDump = _hasSymbols = _hasCallGraph = _hasFoldingRecord = false;
        Diagnostics = new DiagnosticBag();
    }

    public void AddSymbols(ElfObject elf)
    {
        _machine = elf.Machine;
        _hasSymbols = elf.HasSymbolTable;
        _sourceFileName = elf.SourceFileName.IsEmpty ? null : Encoding.UTF8.GetString(elf.SourceFileName);
        _compilers = [.. elf.Compilers.Order(StringComparer.Ordinal)];
        foreach (ref readonly var symbol in elf.Functions)
        {
            var name = elf.NameOf(symbol);
            if (name.IsEmpty)
            {
                continue;
            }

            ref var function = ref _functions[_functions.Add(name)];
            function.Elf ??= symbol;
            function.Traits |= FunctionTraits.HasBody | FunctionTraits.Emitted;
            if (symbol.Binding == ElfBinding.Local)
            {
                function.Traits |= FunctionTraits.Local;
            }
        }
    }

    public void AddProducer(string producer) => _producer = producer;

    public void AddDump(ReadOnlySpan<byte> text, string file)
    {
        _hasDump = true;
        var reader = new CloneDumpReader(text, file, Diagnostics);
        while (reader.Read(out var record))
        {
            // Removals tell nothing that the symbol table does not tell better.
            if (record.Kind != CloneDumpRecordKind.Clone)
            {
                continue;
            }

            var original = AddNode(record.Original);
            var copy = AddNode(record.Copy);
            AddClone(original, copy, record.Reason, record.Original.Order, record.Copy.Order, record.Line);
        }
    }

    public void AddCallGraph(ReadOnlySpan<byte> text, string file)
    {
        _hasCallGraph = true;
        var reader = new CallGraphReader(text, file, Diagnostics);
        while (reader.Read(out var record))
        {
            if (record.Kind == CallGraphRecordKind.Unit)
            {
                _mainFile = Encoding.UTF8.GetString(record.MainFile);
            }
            else if (record.Kind == CallGraphRecordKind.Function && record.IsDefined)
            {
                AddFinalFunction(record);
            }
            else if (record.Kind == CallGraphRecordKind.Alias)
            {
                AddAlias(record);
            }
            else if (record.Kind == CallGraphRecordKind.Call && !record.IsIndirect)
            {
                var caller = AddCalled(record.Caller);
                _functions[caller].Traits |= FunctionTraits.HasBody;
                _calls.Add(new CallEdge(caller, AddCalled(record.Callee)));
            }
        }
    }

    public void AddFoldingRecord(ReadOnlySpan<byte> text, string file)
    {
        _hasFoldingRecord = true;
        var reader = new FoldingRecordReader(text, file, Diagnostics);
        while (reader.Read(out var record))
        {
            var (kept, folded) = (_functions.Add(record.Kept), _functions.Add(record.Folded));
            _functions[kept].Traits |= FunctionTraits.HasBody;
            _functions[folded].Traits |= FunctionTraits.HasBody;
            _foldings.Add(new Folding(kept, folded, record.Kind, record.Line));
        }
    }

    /// <summary>Ends the reading of texts: derives what the compiler named only by a suffix and marks the clones.</summary>
    public void MarkClones()
    {
        // Last made first, so that a name goes down a whole chain of clones.
        for (var i = _clones.Edges.Length - 1; i >= 0; i--)
        {
            MarkClone(_clones.Edges[i]);
            NameOriginal(_clones.Edges[i]);
        }

        // Some copies get their symbol after the dump was written; the suffix is then all there is to see.
        for (var function = 0; function < _functions.Count; function++)
        {
            if ((_functions[function].Traits & (FunctionTraits.HasBody | FunctionTraits.Clone)) == FunctionTraits.HasBody
                && CloneSuffix.TryFindBase(_functions, function, out var original, out var pass))
            {
                MarkClone(AddClone(original, function, Encoding.ASCII.GetBytes(pass.Reason), -1, -1, line: 0, count: 0));
            }
        }

        foreach (var (original, version) in TargetVersions.Find(_functions))
        {
            MarkClone(AddClone(original, version, TargetVersions.Reason, -1, -1, line: 0, count: 0));
        }
    }

    /// <summary>Whether the object holds a compiler-made clone with code of its own.</summary>
    public bool HasEmittedClones()
    {
        for (var function = 0; function < _functions.Count; function++)
        {
            if (IsEmittedClone(function))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a symbol is a compiler-made clone with code of its own.</summary>
    public bool IsEmittedClone(ReadOnlySpan<byte> symbol)
    {
        var function = _functions.Find(symbol);
        return function >= 0 && IsEmittedClone(function);
    }

    /// <summary>Notes that the address of a symbol is taken.</summary>
    public void MarkAddressTaken(ReadOnlySpan<byte> symbol)
    {
        var function = _functions.Find(symbol);
        if (function >= 0)
        {
            _functions[function].Traits |= FunctionTraits.AddressTaken;
        }
    }

    /// <summary>Notes that the object, which holds the code of a symbol, cannot tell whether its address is taken.</summary>
    public void MarkAddressUnknown(ReadOnlySpan<byte> symbol)
    {
        var function = _functions.Find(symbol);
        if (function >= 0)
        {
            _functions[function].Traits |= FunctionTraits.AddressUnknown;
        }
    }

    /// <summary>
    /// Tells a call graph or dump that another compile wrote over the object's own; to be called when all is read and the
    /// clones are marked.
    /// </summary>
    public void CheckOrigin(Unit unit) => ArtifactOrigin.Check(unit, _functions, _hasSymbols, _hasDump, _mainFile, _sourceFileName, Diagnostics);

    public ObjectSummary Build(string reportedFile)
    {
        var shared = SharedBodyFinder.Find(_functions, _foldings, _hasFoldingRecord, _aliases);
        var order = _order.SortFunctions(_functions);
        var entries = new FunctionEntry[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            ref readonly var f = ref _functions[order[i]];
            var alias = f.AliasOf < 0 ? -1 : _order.NewIndexOf(f.AliasOf);
            entries[i] = new FunctionEntry(
                f.Symbol, f.Name < 0 ? f.Symbol : f.Name, f.File, f.Line, f.Column, f.Order, alias, f.Traits);
        }

        if (_functions.Names.FirstEscaped is { } escaped)
        {
            Diagnostics.Add(DiagnosticCatalog.NameNotUtf8.At(
                reportedFile,
                0,
                $"A symbol or file name is not valid UTF-8, or looks like one that was escaped; its bytes are written as \\xHH: '{Shorten(escaped)}'. Rename it, or match it in that form."));
        }

        return new ObjectSummary
        {
            Names = _functions.Names.Freeze(),
            Functions = entries,
            CloneEdges = _order.Sort(_clones.Edges, _functions.Names),
            CallEdges = _order.Sort(CollectionsMarshal.AsSpan(_calls)),
            SharedBodies = _order.Sort(shared),
            Foldings = _order.Sort(_foldings),
            Compilers = _compilers,
            Producer = _producer,
            Machine = _machine,
            HasDump = _hasDump,
            HasFoldingRecord = _hasFoldingRecord,
            HasCallGraph = _hasCallGraph,
            HasSymbolTable = _hasSymbols,
            Diagnostics = [.. Diagnostics],
        };
    }

    private static string Shorten(string name) =>
        name.Length <= 120 ? name : name[..(char.IsHighSurrogate(name[119]) ? 119 : 120)] + "…";

    private bool IsEmittedClone(int function) =>
        (_functions[function].Traits & (FunctionTraits.Clone | FunctionTraits.Emitted)) == (FunctionTraits.Clone | FunctionTraits.Emitted);

    private int AddNode(CloneDumpNode node)
    {
        var function = _functions.Add(node.Symbol);
        ref var entry = ref _functions[function];
        entry.Traits |= FunctionTraits.HasBody;
        entry.InDump = true;
        if (entry.Order < 0)
        {
            entry.Order = node.Order;
        }

        _functions.Locate(function, node.Location);
        return function;
    }

    private CloneEdge AddClone(
        int original, int copy, ReadOnlySpan<byte> reason, int originalOrder, int copyOrder, int line, int count = 1) =>
        _clones.Add(new CloneEdge(original, copy, _functions.Names.Add(reason), count, originalOrder, copyOrder, line));

    private void MarkClone(CloneEdge edge)
    {
        if (edge.Original != edge.Copy && !ClonePasses.FromReason(_functions.Names[edge.Reason]).IsInlining)
        {
            _functions[edge.Copy].Traits |= FunctionTraits.Clone;
        }
    }

    /// <summary>
    /// Names a function that has no code left after its clone: GCC's name of the clone is the source-level name with
    /// suffixes (<c>f.constprop</c>), which an asm label hides from the dump.
    /// </summary>
    private void NameOriginal(CloneEdge edge)
    {
        ref var original = ref _functions[edge.Original];
        ref readonly var copy = ref _functions[edge.Copy];
        if (original.Name < 0 && copy.Name >= 0 && (copy.Traits & FunctionTraits.Clone) != 0
            && ClonePasses.TrySplitSuffix(_functions.Names[copy.Name], out var length, out var pass) && pass is not null)
        {
            original.Name = _functions.Names.Add(_functions.Names[copy.Name][..length].ToArray());
        }
    }

    private void AddFinalFunction(CallGraphRecord record)
    {
        var function = _functions.Add(record.Symbol);
        ref var entry = ref _functions[function];
        entry.Traits |= FunctionTraits.HasBody | (record.IsLocalOrWeak && !_hasSymbols ? FunctionTraits.Local : FunctionTraits.None);
        entry.HasFinalCode = true;
        _functions.Locate(function, record.Location);
        if (entry.Name < 0 && !record.Name.IsEmpty && !TargetVersions.IsWorkingName(record.Name, record.Symbol))
        {
            entry.Name = _functions.Names.Add(record.Name);
        }

        // A simd clone is `f.simdclone.0` in the dump and `_ZGVbN4v_f` in the object; only this label joins them.
        if (!entry.InDump
            && ClonePasses.TrySplitSuffix(record.Name, out _, out var pass) && pass is not null
            && _functions.Find(record.Name) is >= 0 and var original && original != function
            && _functions[original].InDump)
        {
            AddClone(original, function, Encoding.ASCII.GetBytes(pass.Reason), -1, -1, line: 0, count: 0);
        }
    }

    /// <summary>Another name for a function has no code of its own; where it is declared is told nowhere else.</summary>
    private void AddAlias(CallGraphRecord record)
    {
        var alias = _functions.Add(record.Symbol);
        if (!TargetVersions.IsResolver(record.Target))
        {
            _functions.Locate(alias, record.Location);
        }

        ref var entry = ref _functions[alias];
        if (entry.Name < 0 && !record.Name.IsEmpty)
        {
            entry.Name = _functions.Names.Add(record.Name);
        }

        // The object's symbols tell better which names have one address.
        if (!_hasSymbols)
        {
            entry.Traits |= FunctionTraits.HasBody | (record.IsLocalOrWeak ? FunctionTraits.Local : FunctionTraits.None);
            _aliases.Add((alias, AddCalled(record.Target)));
        }
    }

    /// <summary>A caller or callee; a local name of the same function (<c>f.localalias</c>) is the function.</summary>
    private int AddCalled(ReadOnlySpan<byte> symbol)
    {
        if (ClonePasses.TrySplitSuffix(symbol, out var length, out var pass)
            && pass is null
            && _functions.Find(symbol[..length]) is >= 0 and var function)
        {
            return function;
        }

        return _functions.Add(symbol);
    }
}
