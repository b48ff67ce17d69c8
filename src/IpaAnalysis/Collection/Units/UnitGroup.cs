using System.Collections.Immutable;

namespace IpaAnalysis.Collection.Units;

/// <summary>The units of one input.</summary>
/// <param name="Name">What the user calls the input; appears in messages.</param>
/// <param name="Units">Its units.</param>
internal sealed record UnitGroup(string Name, ImmutableArray<Unit> Units);
