namespace IpaAnalysis.Recompile.Assembly;

/// <summary>A source-level function that is another one's alias in one compile and not, or another's, in the other.</summary>
/// <param name="Symbol">The function's symbol.</param>
/// <param name="BaselineTarget">Whose body it shares in the baseline; null if it has its own.</param>
/// <param name="VariantTarget">Whose body it shares in the variant; null if it has its own.</param>
internal sealed record SharedBodyChange(string Symbol, string? BaselineTarget, string? VariantTarget);
