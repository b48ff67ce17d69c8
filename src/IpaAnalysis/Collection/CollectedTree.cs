using System.Collections.Immutable;
using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection;

/// <summary>What a tree holds.</summary>
/// <param name="Units">The units, sorted by the UTF-8 bytes of <see cref="Unit.Object"/>.</param>
/// <param name="Diagnostics">What is wrong with the tree; at most some twenty per code and one that counts the rest.</param>
/// <param name="NotUnits">What was found but is no unit.</param>
internal sealed record CollectedTree(ImmutableArray<Unit> Units, ImmutableArray<Diagnostic> Diagnostics, NotUnits NotUnits);
