namespace IpaAnalysis.Recompile.Source;

/// <summary>A stretch of the text that was not understood: it may hold definitions that are not listed.</summary>
/// <param name="Start">Byte offset of its first byte.</param>
/// <param name="End">Byte offset after its last byte.</param>
/// <param name="File">The file by the linemarkers; null before the first.</param>
/// <param name="Line">1-based line by the linemarkers.</param>
/// <param name="Reason">What was expected there, in words.</param>
public sealed record SourceGap(int Start, int End, string? File, int Line, string Reason);
