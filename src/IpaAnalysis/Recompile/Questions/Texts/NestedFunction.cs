namespace IpaAnalysis.Recompile.Questions.Texts;

/// <summary>Where a function inside another one stands in the source: its symbol is its name with a number that only the compiler knows.</summary>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Line">1-based line of its name.</param>
/// <param name="Column">1-based column of its name.</param>
internal readonly record struct NestedFunction(string Symbol, int Line, int Column);
