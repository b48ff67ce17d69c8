using System.Collections.Immutable;

namespace IpaAnalysis.Recompile.Questions.Texts;

/// <summary>What is asked of the compiler about one patched function in one unit.</summary>
internal sealed record FunctionQuestion
{
    /// <summary>The symbols of the function itself: its own and those of its aliases.</summary>
    public required ImmutableArray<string> Symbols { get; init; }

    /// <summary>Symbols of other functions that share its body: whoever calls one of them comes to what replaces the body.</summary>
    public ImmutableArray<string> Sharing { get; init; } = [];

    /// <summary>
    /// Symbols whose code calls none of these, directly or by way of others: what they hold of such another function is its own body,
    /// which is not patched. Sorted; none where the calls are not known.
    /// </summary>
    public ImmutableArray<string> Apart { get; init; } = [];

    /// <summary>Symbols that are affected as the dumps show; nothing more has to explain their code.</summary>
    public required ImmutableArray<string> Explained { get; init; }

    /// <summary>Symbols of functions whose bodies the function holds: what they call, it calls.</summary>
    public required ImmutableArray<string> Held { get; init; }

    /// <summary>Where those of all these that have a number stand, as far as it is known; sorted by symbol.</summary>
    public ImmutableArray<NestedFunction> Nested { get; init; } = [];
}
