using System.Collections.Immutable;
using IpaAnalysis.Gating;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Verdicts;

/// <summary>The one result that every written form is made from.</summary>
internal sealed record AnalysisResult
{
    /// <summary>Which functions it tells of.</summary>
    public required ManifestScope Scope { get; init; }

    /// <summary>The graph over the units that hold a patched function; over all units if one was given.</summary>
    public required DependencyGraph Graph { get; init; }

    /// <summary>What the vertices and source functions in <see cref="PatchedFunctions"/> are: the graph, but in scope <see cref="ManifestScope.All"/>.</summary>
    public required IVertexNames Names { get; init; }

    /// <summary>False when something may be missing; <see cref="Findings"/> say what.</summary>
    public required bool Complete { get; init; }

    /// <summary>The compilers that made the objects, sorted.</summary>
    public required ImmutableArray<string> Compilers { get; init; }

    /// <summary>The counts.</summary>
    public required AnalysisTotals Totals { get; init; }

    /// <summary>
    /// The functions told of in full, in the manifest's order. In scope <see cref="ManifestScope.All"/> each is computed
    /// anew when it is asked for, so that all of them are never held at once. Safe for several threads.
    /// </summary>
    public required IReadOnlyList<FunctionImpact> PatchedFunctions { get; init; }

    /// <summary>What the dumps alone show of each of <see cref="PatchedFunctions"/>, in their order; empty in other scopes than <see cref="ManifestScope.Patched"/>.</summary>
    public ImmutableArray<FunctionImpact> DumpImpacts { get; init; } = [];

    /// <summary>What compiling again tells of each of <see cref="PatchedFunctions"/>, in their order; empty in other scopes than <see cref="ManifestScope.Patched"/>.</summary>
    public ImmutableArray<ExactImpact> Exact { get; init; } = [];

    /// <summary>The functions told of with counts only, in the manifest's order; each row is made when it is asked for.</summary>
    public required IReadOnlyList<IndexRow> Index { get; init; }

    /// <summary>The gate's judgement.</summary>
    public required GateResult Gate { get; init; }

    /// <summary>Everything found wrong, sorted and each once.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }
}
