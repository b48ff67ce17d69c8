using System.Collections.Immutable;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Verdicts;

/// <summary>Asks the compiler what depends on functions.</summary>
/// <param name="graph">The graph that holds the functions' objects.</param>
/// <param name="impacts">What the dumps show of each function.</param>
/// <returns>An answer for each, in the same order.</returns>
internal delegate ImmutableArray<ExactImpact> ExactQuestion(DependencyGraph graph, IReadOnlyList<FunctionImpact> impacts);
