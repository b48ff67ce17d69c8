using System.Text;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>The bodies of a compile by source-level function.</summary>
internal sealed class PieceTable
{
    private readonly Dictionary<string, List<Piece>> _pieces = new(StringComparer.Ordinal);

    public PieceTable(AssemblyUnit unit)
    {
        Anchors = unit.Anchors;
        var functions = new Dictionary<string, AssemblyFunction>(StringComparer.Ordinal);
        foreach (var function in unit.Functions)
        {
            if (function.IsModuleConstructor)
            {
                continue;
            }

            functions[function.Symbol] = function;
            Add(function.Origin, new Piece(function.Symbol, function.Kind, function, null));
        }

        foreach (var alias in unit.Aliases)
        {
            var symbol = Encoding.UTF8.GetBytes(alias.Symbol);
            if (functions.TryGetValue(alias.Target, out var function)
                && SymbolName.Text(SymbolName.Origin(symbol)) is var origin && origin != function.Origin)
            {
                Add(origin, new Piece(alias.Symbol, SymbolName.Kind(symbol), function, function.Origin));
            }
        }
    }

    public AnchorMap Anchors { get; }

    /// <summary>The source-level functions in the order of the text, those that are only aliases last.</summary>
    public IEnumerable<string> Origins => _pieces.Keys;

    public IReadOnlyList<Piece> this[string origin] => _pieces.TryGetValue(origin, out var pieces) ? pieces : [];

    private void Add(string origin, Piece piece)
    {
        if (!_pieces.TryGetValue(origin, out var pieces))
        {
            _pieces.Add(origin, pieces = []);
        }

        pieces.Add(piece);
    }
}
