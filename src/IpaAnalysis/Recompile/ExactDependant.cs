using IpaAnalysis.Impact;

namespace IpaAnalysis.Recompile;

/// <summary>A vertex whose code the compiler makes differently when it does not know the patched function's body.</summary>
/// <param name="Vertex">The vertex.</param>
/// <param name="Reasons">Why, each from an instance of the patched function in the same object; sorted by pass.</param>
/// <param name="Difference">The first difference between the two codes, as lines of assembly.</param>
internal sealed record ExactDependant(int Vertex, IReadOnlyList<Reason> Reasons, string Difference)
{
    /// <summary>Whether the difference is one of what the code does; false where it may be one of where variables lie.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>The same without the evidence.</summary>
    public AffectedFunction Affected => new(Vertex, Reasons);
}
