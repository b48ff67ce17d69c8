using IpaAnalysis.Dumps;
using IpaAnalysis.Summaries.Names;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>The functions of one object while its files are read, found by symbol; used again for the next object.</summary>
internal sealed class FunctionTable
{
    private MutableFunction[] _functions = new MutableFunction[256];
    private int[] _functionOfName = new int[256];
    private int _knownNames;

    public NamePoolBuilder Names { get; } = new();

    public int Count { get; private set; }

    /// <summary>A function, to be changed in place. Adding another may move it: what was taken before is then a copy.</summary>
    public ref MutableFunction this[int function] => ref _functions[function];

    public ReadOnlySpan<byte> SymbolOf(int function) => Names[_functions[function].Symbol];

    /// <summary>Forgets all functions and names.</summary>
    public void Clear()
    {
        Names.Clear();
        Count = 0;
        _knownNames = 0;
    }

    /// <summary>The function of a symbol, which is added when it is new.</summary>
    public int Add(ReadOnlySpan<byte> symbol)
    {
        var name = Names.Add(symbol);
        if (name >= _knownNames)
        {
            NoteNames();
        }

        if (_functionOfName[name] < 0)
        {
            if (Count == _functions.Length)
            {
                Array.Resize(ref _functions, Count * 2);
            }

            _functionOfName[name] = Count;
            _functions[Count++] = new MutableFunction(name);
        }

        return _functionOfName[name];
    }

    /// <summary>The function of a symbol, or -1.</summary>
    public int Find(ReadOnlySpan<byte> symbol)
    {
        var name = Names.Find(symbol);
        return name >= 0 && name < _knownNames ? _functionOfName[name] : -1;
    }

    /// <summary>Notes where a function is declared, unless that is known or the compiler made the place up.</summary>
    public void Locate(int function, SourceLocation location)
    {
        ref var entry = ref _functions[function];
        if (entry.File < 0 && location.Line > 0 && !location.File.IsEmpty)
        {
            entry.File = Names.Add(location.File);
            entry.Line = location.Line;
            entry.Column = location.Column;
        }
    }

    private void NoteNames()
    {
        if (_functionOfName.Length < Names.Count)
        {
            Array.Resize(ref _functionOfName, Math.Max(_functionOfName.Length * 2, Names.Count));
        }

        _functionOfName.AsSpan(_knownNames..Names.Count).Fill(-1);
        _knownNames = Names.Count;
    }
}
