using System.Collections.Immutable;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Recompile;

/// <summary>Finds what depends on functions without holding a copy of them.</summary>
internal interface IExactImpact
{
    /// <summary>
    /// Adds to a graph the units that read a function's definition and whose files hold no trace of it, and functions that the source defines
    /// and no object knows. What cannot be looked at makes the answer about the function not exact.
    /// </summary>
    /// <param name="source">All units.</param>
    /// <param name="graph">The graph over those whose files tell of the functions.</param>
    /// <param name="queries">What the user wants patched.</param>
    /// <param name="cancellation">Ends the compilers.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left running.</exception>
    DependencyGraph AddReaders(GraphSource source, DependencyGraph graph, IReadOnlyCollection<FunctionQuery> queries, CancellationToken cancellation);

    /// <summary>Asks about functions.</summary>
    /// <param name="graph">The graph that holds their objects.</param>
    /// <param name="impacts">What the dumps show of each.</param>
    /// <param name="cancellation">Ends the compilers.</param>
    /// <returns>An answer for each, in the same order.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left running.</exception>
    ImmutableArray<ExactImpact> Analyze(DependencyGraph graph, IReadOnlyList<FunctionImpact> impacts, CancellationToken cancellation);
}
