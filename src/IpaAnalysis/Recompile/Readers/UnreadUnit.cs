using IpaAnalysis.Recompile.Causes;

namespace IpaAnalysis.Recompile.Readers;

/// <summary>A unit that may rely on a function and could not be looked at.</summary>
/// <param name="Function">The function.</param>
/// <param name="Cause">The unit and why.</param>
internal sealed record UnreadUnit(SoughtFunction Function, InexactCause Cause);
