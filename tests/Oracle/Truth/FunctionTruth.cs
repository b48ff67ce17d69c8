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
    PreparedUnit Unit, DefinedFunction Function, ImmutableArray<CodeDifference> Dependants, IReadOnlySet<string> Compared)
{
    /// <summary>Whether the function has code of its own that other functions of the unit call: there the dumps have least to tell.</summary>
    public bool IsCalledInItsUnit => Unit.Baseline.Pieces
        .Where(p => !p.Origins.Contains(Function.Name, StringComparer.Ordinal))
        .Any(p => p.Tokens.Any(t => t.Places.Any(names => names.Contains(Function.Name, StringComparer.Ordinal))));
}
