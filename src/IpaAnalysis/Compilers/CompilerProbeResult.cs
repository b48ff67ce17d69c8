using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Compilers;

/// <summary>What a compiler turned out to be: exactly one of the two is set.</summary>
/// <param name="Compiler">A GCC that can be used.</param>
/// <param name="Problem">Why it cannot be used.</param>
internal sealed record CompilerProbeResult(CompilerIdentity? Compiler, Diagnostic? Problem);
