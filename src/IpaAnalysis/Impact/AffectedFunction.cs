namespace IpaAnalysis.Impact;

/// <summary>A vertex whose code depends on the patched function.</summary>
/// <param name="Vertex">The vertex.</param>
/// <param name="Reasons">Every direct reason, sorted by kind, pass and the symbol it comes from.</param>
internal sealed record AffectedFunction(int Vertex, IReadOnlyList<Reason> Reasons);
