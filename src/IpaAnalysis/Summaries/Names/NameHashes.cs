using IpaAnalysis.Summaries.Store;

namespace IpaAnalysis.Summaries.Names;

/// <summary>Hashes of the names of a unit's functions: part of a column that units share (see <see cref="NameIndex"/>).</summary>
/// <param name="Column">The column.</param>
/// <param name="Start">Where the unit's part starts.</param>
/// <param name="Count">How many are the unit's.</param>
internal readonly record struct NameHashes(uint[] Column, int Start, int Count)
{
    /// <summary>Of a unit without functions.</summary>
    public static NameHashes None { get; } = new([], 0, 0);

    /// <summary>The hashes.</summary>
    public ReadOnlySpan<uint> Span => Column.AsSpan(Start, Count);
}
