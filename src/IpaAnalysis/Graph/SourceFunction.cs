namespace IpaAnalysis.Graph;

/// <summary>A function of the source. A header's function is one, however many objects hold an instance of it.</summary>
/// <param name="Name">The source-level name.</param>
/// <param name="File">The file of its declaration in the manifest's form; null when unknown.</param>
/// <param name="Line">1-based line, 0 when unknown.</param>
/// <param name="Column">1-based column, 0 when unknown.</param>
/// <param name="Object">The object it is local to, where no location tells it from another of its name; else null.</param>
internal sealed record SourceFunction(string Name, string? File, int Line, int Column, string? Object);
