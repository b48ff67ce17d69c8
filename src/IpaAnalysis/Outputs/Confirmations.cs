using IpaAnalysis.Recompile;

namespace IpaAnalysis.Outputs;

/// <summary>Whether the compiler's own answer agrees that vertices depend on the body of a patched function.</summary>
internal sealed class Confirmations
{
    private readonly Dictionary<int, bool> _known;

    /// <summary>Takes the answer.</summary>
    public Confirmations(ExactImpact exact)
    {
        ArgumentNullException.ThrowIfNull(exact);
        _known = new Dictionary<int, bool>(exact.Confirmed);
        foreach (var decision in exact.Decisions)
        {
            _known[decision.Vertex] = false;
        }

        foreach (var fact in exact.Facts)
        {
            _known[fact.Vertex] = fact.IsShown;
        }
    }

    /// <summary>True, false, or null for a vertex that was not judged.</summary>
    public bool? Of(int vertex) => _known.TryGetValue(vertex, out var confirmed) ? confirmed : null;
}
