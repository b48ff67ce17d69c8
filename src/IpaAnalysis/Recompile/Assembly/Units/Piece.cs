namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>One body that a source-level function has in a compile.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Kind">The clone kinds in the symbol.</param>
/// <param name="Function">The function whose code it is.</param>
/// <param name="Target">The source-level function whose body it shares; null for its own.</param>
internal sealed record Piece(string Symbol, string Kind, AssemblyFunction Function, string? Target)
{
    public ReadOnlyMemory<byte> Code => Function.Code;
}
