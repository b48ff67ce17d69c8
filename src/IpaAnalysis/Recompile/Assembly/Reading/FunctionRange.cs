namespace IpaAnalysis.Recompile.Assembly.Reading;

/// <summary>Where a function stands in the text.</summary>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Start">Offset of the first statement: the label, or what <c>-fpatchable-function-entry</c> puts before it.</param>
/// <param name="Line">1-based line of <paramref name="Start"/>.</param>
/// <param name="LabelLine">1-based line of the label.</param>
/// <param name="End">Offset after the last statement.</param>
/// <param name="Section">The section at the start.</param>
internal readonly record struct FunctionRange(ReadOnlyMemory<byte> Symbol, int Start, int Line, int LabelLine, int End, ReadOnlyMemory<byte> Section);
