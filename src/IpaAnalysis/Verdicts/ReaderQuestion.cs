using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Verdicts;

/// <summary>Adds to a graph the units that read patched functions' definitions and hold no trace of them.</summary>
/// <param name="source">All units.</param>
/// <param name="graph">The graph over those whose files tell of the functions.</param>
/// <param name="queries">What the user wants patched.</param>
/// <returns>The graph with them.</returns>
internal delegate DependencyGraph ReaderQuestion(GraphSource source, DependencyGraph graph, IReadOnlyCollection<FunctionQuery> queries);
