using IpaAnalysis.Graph;

namespace IpaAnalysis.Impact;

/// <summary>Why a vertex is affected: the dependency on one direct predecessor.</summary>
/// <param name="Dependency">The kind and the pass.</param>
/// <param name="From">The predecessor: an instance of the patched function or an affected vertex of the same object.</param>
internal readonly record struct Reason(Dependency Dependency, int From);
