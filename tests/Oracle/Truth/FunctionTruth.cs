using System.Collections.Immutable;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle.Truth;

/// <summary>What the compiler itself shows of a function.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Function">The function whose body was hidden.</param>
/// <param name="Dependants">The other functions whose code then differs.</param>
/// <param name="Compared">The functions that have code in both cases: no other counts.</param>
internal sealed record FunctionTruth(
    PreparedUnit Unit, DefinedFunction Function, ImmutableArray<CodeDifference> Dependants, IReadOnlySet<string> Compared);
