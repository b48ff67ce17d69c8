using System.Collections.Immutable;

namespace IpaAnalysis.Recompile.Assembly;

/// <summary>How two compiles of one translation unit differ, by source-level function.</summary>
internal sealed record AssemblyComparison
{
    /// <summary>The functions whose code differs, in the order of the baseline.</summary>
    public required ImmutableArray<FunctionDifference> Differences { get; init; }

    /// <summary>The functions whose code runs the same instructions in another order of blocks, or with other alignment, in the order of the baseline.</summary>
    public required ImmutableArray<FunctionDifference> LayoutDifferences { get; init; }

    /// <summary>The functions with code in both compiles, in the order of the baseline.</summary>
    public required ImmutableArray<string> Compared { get; init; }

    /// <summary>The functions with code in the baseline only: no longer emitted, which is no difference.</summary>
    public required ImmutableArray<string> BaselineOnly { get; init; }

    /// <summary>The functions with code in the variant only.</summary>
    public required ImmutableArray<string> VariantOnly { get; init; }

    /// <summary>
    /// Symbols that share another function's body in one compile only. By itself that is no difference: it is one, and in
    /// <see cref="Differences"/>, where the code behind the symbol differs. But whoever replaces the shared body replaces it for them all.
    /// </summary>
    public required ImmutableArray<SharedBodyChange> SharedBodyChanges { get; init; }

    /// <summary>Why the comparison may lack something, as clauses for a message; empty if all of both texts was understood.</summary>
    public required ImmutableArray<string> NotExact { get; init; }
}
