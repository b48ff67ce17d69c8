using IpaAnalysis.Dumps.Folding;

namespace IpaAnalysis.Summaries;

/// <summary>Two functions that the compiler recorded to have folded into one. Functions are indices into the object's functions.</summary>
/// <param name="Kept">The function whose body serves both.</param>
/// <param name="Folded">The function whose own body was thrown away.</param>
/// <param name="Kind">What became of <paramref name="Folded"/>.</param>
/// <param name="Line">1-based line of the folding record that names the two.</param>
internal readonly record struct Folding(int Kept, int Folded, FoldingKind Kind, int Line);
