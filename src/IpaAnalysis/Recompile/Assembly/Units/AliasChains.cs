using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>Follows aliases of aliases to the symbol that has a body.</summary>
internal static class AliasChains
{
    public static ImmutableArray<AssemblyAlias> Resolve(IReadOnlyList<(ReadOnlyMemory<byte> Symbol, ReadOnlyMemory<byte> Target)> aliases)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (symbol, target) in aliases)
        {
            targets[SymbolName.Text(symbol.Span)] = SymbolName.Text(target.Span);
        }

        return [.. targets.Select(t => new AssemblyAlias(t.Key, EndOf(t.Key, targets)))];
    }

    // Real chains have two or three links; the bound ends circles.
    private static string EndOf(string symbol, Dictionary<string, string> targets)
    {
        for (var i = 0; i < 16 && targets.TryGetValue(symbol, out var target); i++)
        {
            symbol = target;
        }

        return symbol;
    }
}
