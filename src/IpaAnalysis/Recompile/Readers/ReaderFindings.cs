using System.Collections.Immutable;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Recompile.Readers;

/// <summary>The units that read functions' definitions, beyond those whose files tell of them.</summary>
/// <param name="Added">What belongs to each unit's functions, by the unit's index.</param>
/// <param name="Unread">The units that could not be looked at.</param>
internal sealed record ReaderFindings(
    IReadOnlyDictionary<int, ImmutableArray<AddedFunction>> Added, ImmutableArray<UnreadUnit> Unread);
