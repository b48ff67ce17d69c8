using System.Collections.Immutable;

namespace IpaAnalysis.Recompile.Source.Declarations;

/// <summary>A stretch of the text that was not understood: it may hold definitions that are not listed.</summary>
/// <param name="Start">Byte offset of its first byte.</param>
/// <param name="End">Byte offset after its last byte.</param>
/// <param name="File">The file by the linemarkers; null before the first.</param>
/// <param name="Line">1-based line by the linemarkers.</param>
/// <param name="Reason">What was expected there, in words.</param>
internal sealed record SourceGap(int Start, int End, string? File, int Line, string Reason)
{
    /// <summary>
    /// All words in it, those in strings and pragmas too, sorted by their UTF-16 code units, if it is sure what belongs to it: then it can only declare,
    /// define, name or call what it mentions. Null if that is not sure; then it may concern everything in the unit.
    /// </summary>
    public ImmutableArray<string>? Words { get; init; }

    /// <summary>Whether it may concern one of some names.</summary>
    public bool MayConcern(IReadOnlySet<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return Words is not { } words || words.Any(names.Contains);
    }
}
