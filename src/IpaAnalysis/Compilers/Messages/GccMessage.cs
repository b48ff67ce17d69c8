using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Compilers.Messages;

/// <summary>A message of the compiler and the unit it was compiling.</summary>
/// <param name="Diagnostic">The message.</param>
/// <param name="Unit">Absolute path of the source that was being compiled, as far as the messages tell; else null.</param>
internal sealed record GccMessage(Diagnostic Diagnostic, string? Unit);
