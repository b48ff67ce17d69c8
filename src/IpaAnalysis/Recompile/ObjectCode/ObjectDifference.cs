namespace IpaAnalysis.Recompile.ObjectCode;

/// <summary>The first difference between a unit's object and the one that its compiler makes now.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">
/// In words, as a part of a sentence: function, place and what is there. For <see cref="ObjectDifferenceKind.CompileTime"/> the
/// macro that the source used.
/// </param>
internal sealed record ObjectDifference(ObjectDifferenceKind Kind, string Text);
