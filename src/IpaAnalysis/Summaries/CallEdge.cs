namespace IpaAnalysis.Summaries;

/// <summary>A call that is left after inlining and cloning. Functions are indices into the object's functions.</summary>
/// <param name="Caller">The function that calls.</param>
/// <param name="Callee">The function that is called.</param>
internal readonly record struct CallEdge(int Caller, int Callee);
