namespace IpaAnalysis.Compilers.Options;

/// <summary>The flags to add behind those that objects were compiled with, so that no forbidden pass is enabled.</summary>
/// <param name="Flags">The flags, separated by blanks; empty when no forbidden pass is enabled.</param>
/// <param name="Holds">Whether the compilers confirm that no forbidden pass is enabled with them.</param>
internal sealed record RecommendedFlags(string Flags, bool Holds);
