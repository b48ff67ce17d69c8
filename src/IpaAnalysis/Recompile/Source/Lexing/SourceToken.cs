namespace IpaAnalysis.Recompile.Source.Lexing;

/// <summary>One token of preprocessed C.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Start">Byte offset of its first byte.</param>
/// <param name="End">Byte offset after its last byte.</param>
internal readonly record struct SourceToken(SourceTokenKind Kind, int Start, int End);
