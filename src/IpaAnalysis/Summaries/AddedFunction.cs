namespace IpaAnalysis.Summaries;

/// <summary>A function that an object's source defines and of which none of its files holds a trace.</summary>
/// <param name="Symbol">Its assembler symbol.</param>
/// <param name="Name">Its name in the source.</param>
/// <param name="File">The file of its declaration as GCC was given it; null when unknown.</param>
/// <param name="Line">1-based line of its declaration, 0 when unknown.</param>
/// <param name="Column">1-based column of its declaration, 0 when unknown.</param>
/// <param name="IsLocal">Whether its symbol would be local to the object.</param>
internal sealed record AddedFunction(string Symbol, string Name, string? File, int Line, int Column, bool IsLocal);
