namespace IpaAnalysis.Recompile.Assembly;

/// <summary>One body that a source-level function has in a compile.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Kind">The clone kinds in the symbol.</param>
/// <param name="Code">The normalised code.</param>
/// <param name="Target">The source-level function whose body it shares; null for its own.</param>
internal sealed record Piece(string Symbol, string Kind, ReadOnlyMemory<byte> Code, string? Target);
