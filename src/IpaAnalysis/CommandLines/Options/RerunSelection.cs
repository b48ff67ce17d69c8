using System.Collections.Immutable;

namespace IpaAnalysis.CommandLines.Options;

/// <summary>What of a command may be run again.</summary>
/// <param name="Words">The words that are kept, behind the compiler, without input and outputs.</param>
/// <param name="NotAllowed">The first argument that may not be run, as written; null when there is none.</param>
internal sealed record RerunSelection(ImmutableArray<string> Words, string? NotAllowed);
