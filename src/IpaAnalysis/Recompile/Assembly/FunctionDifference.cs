using System.Collections.Immutable;

namespace IpaAnalysis.Recompile.Assembly;

/// <summary>A source-level function whose code differs between two compiles.</summary>
internal sealed record FunctionDifference
{
    /// <summary>The source-level function, without clone suffixes.</summary>
    public required string Origin { get; init; }

    /// <summary>Its symbols in the baseline that have no equal in the variant; for an outlined part (<c>g._omp_fn.0</c>) the function's.</summary>
    public required ImmutableArray<string> Symbols { get; init; }

    /// <summary>Its symbols in the variant that have no equal in the baseline.</summary>
    public required ImmutableArray<string> VariantSymbols { get; init; }

    /// <summary>
    /// The first place where the code differs, in lines of the normalised form: some that are common, then the baseline's marked
    /// <c>-</c> and the variant's marked <c>+</c>.
    /// </summary>
    public required string Diff { get; init; }
}
