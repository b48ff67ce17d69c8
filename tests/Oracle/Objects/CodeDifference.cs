namespace IpaAnalysis.Oracle.Objects;

/// <summary>A function of the source whose code is not the same in two objects.</summary>
/// <param name="Origin">The function.</param>
/// <param name="Evidence">The first instruction that differs, in both.</param>
internal sealed record CodeDifference(string Origin, string Evidence);
