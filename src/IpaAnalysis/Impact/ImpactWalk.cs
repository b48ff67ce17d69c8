namespace IpaAnalysis.Impact;

/// <summary>Finds the vertices that the rules of contract section 5 reach. Keeps memory for the next question: not safe for several threads.</summary>
internal abstract class ImpactWalk
{
    /// <summary>The instances and what was reached from them, ascending; valid until the next question.</summary>
    public abstract IReadOnlyList<int> Reached { get; }

    /// <summary>Walks from the instances of a patched function.</summary>
    /// <param name="instances">They; ascending.</param>
    /// <param name="further">Vertices that depend on it by facts that no edge shows; they hold no copy of it.</param>
    /// <param name="independent">Vertices that are known to hold no code made from the old body, whatever the edges say; null for none.</param>
    public abstract void Walk(ReadOnlySpan<int> instances, IEnumerable<int> further, IReadOnlySet<int>? independent);

    /// <summary>Whether a vertex is an instance of the patched function.</summary>
    public abstract bool IsPatched(int vertex);

    /// <summary>Whether a vertex is an instance or was reached.</summary>
    public abstract bool IsReached(int vertex);
}
