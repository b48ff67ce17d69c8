using IpaAnalysis.Dumps;

namespace IpaAnalysis.Summaries;

/// <summary>The functions of one object while its files are read, found by symbol.</summary>
internal sealed class FunctionTable
{
    private readonly List<MutableFunction> _functions = [];
    private readonly List<int> _functionOfName = [];

    public NamePoolBuilder Names { get; } = new();

    public int Count => _functions.Count;

    public MutableFunction this[int function] => _functions[function];

    public ReadOnlySpan<byte> SymbolOf(int function) => Names[_functions[function].Symbol];

    /// <summary>The function of a symbol, which is added when it is new.</summary>
    public int Add(ReadOnlySpan<byte> symbol)
    {
        var name = Names.Add(symbol);
        while (_functionOfName.Count <= name)
        {
            _functionOfName.Add(-1);
        }

        if (_functionOfName[name] < 0)
        {
            _functionOfName[name] = _functions.Count;
            _functions.Add(new MutableFunction(name));
        }

        return _functionOfName[name];
    }

    /// <summary>The function of a symbol, or -1.</summary>
    public int Find(ReadOnlySpan<byte> symbol)
    {
        var name = Names.Find(symbol);
        return name >= 0 && name < _functionOfName.Count ? _functionOfName[name] : -1;
    }

    /// <summary>Notes where a function is declared, unless that is known or the compiler made the place up.</summary>
    public void Locate(int function, SourceLocation location)
    {
        var entry = _functions[function];
        if (entry.File < 0 && location.Line > 0 && !location.File.IsEmpty)
        {
            entry.File = Names.Add(location.File);
            entry.Line = location.Line;
            entry.Column = location.Column;
        }
    }
}
