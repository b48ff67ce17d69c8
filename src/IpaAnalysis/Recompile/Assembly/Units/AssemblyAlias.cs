namespace IpaAnalysis.Recompile.Assembly.Units;

/// <summary>A symbol that stands for another one.</summary>
/// <param name="Symbol">The symbol that is set.</param>
/// <param name="Target">The symbol at the end of the chain, as it is written.</param>
internal sealed record AssemblyAlias(string Symbol, string Target);
