using System.Collections.Immutable;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile.Causes;

namespace IpaAnalysis.Recompile;

/// <summary>What compiling again tells of one patched function, beyond what the dumps show.</summary>
internal sealed record ExactImpact
{
    /// <summary>Index of the source function in the graph.</summary>
    public required int Function { get; init; }

    /// <summary>Why something may be missing, sorted by object and cause; empty when nothing is.</summary>
    public required ImmutableArray<InexactCause> InexactBecause { get; init; }

    /// <summary>Whether the compiler was asked in every object that has the function.</summary>
    public bool IsExact => InexactBecause.IsEmpty;

    /// <summary>What relies on a fact about the function's body and holds no copy that explains it, ascending by vertex.</summary>
    public ImmutableArray<ExactDependant> Facts { get; init; } = [];

    /// <summary>
    /// What only came out differently because the compiler chose other functions to inline, ascending by vertex: it relies on
    /// nothing about the body.
    /// </summary>
    public ImmutableArray<ExactDependant> Decisions { get; init; } = [];

    /// <summary>Whether the compiler's answer agrees that a vertex, affected by what the dumps show, depends on the body; a vertex that was not judged is missing.</summary>
    public ImmutableDictionary<int, bool> Confirmed { get; init; } = ImmutableDictionary<int, bool>.Empty;

    /// <summary>
    /// Vertices that hold copies of a function that was folded with the patched one, and have the same code when the patched one's body
    /// is hidden: the copies are of the other's own body.
    /// </summary>
    public ImmutableHashSet<int> Independent { get; init; } = [];

    /// <summary>Sorted by object and symbol.</summary>
    public ImmutableArray<UnsafeCallee> UnsafeCallees { get; init; } = [];

    /// <summary>Sorted by object and variable.</summary>
    public ImmutableArray<FoldedVariable> FoldedVariables { get; init; } = [];

    /// <summary>The function's impact with the facts in it, and without what is independent.</summary>
    /// <param name="shown">What the dumps show.</param>
    /// <param name="analyzer">What found that.</param>
    public FunctionImpact Complete(FunctionImpact shown, ImpactAnalyzer analyzer)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        AffectedFunction[] facts = [.. Facts.Select(f => f.Affected)];
        var all = facts.Length == 0 ? shown : analyzer.Analyze(Function, facts);
        if (Independent.IsEmpty)
        {
            return all;
        }

        // Whoever is reached by way of such a vertex only, and is not known to be like it, keeps its reasons.
        var without = analyzer.Analyze(Function, facts, Independent);
        return without.Affected.Count == all.Affected.Count(a => !Independent.Contains(a.Vertex)) ? without : all;
    }

    /// <summary>The answer where nothing was compiled.</summary>
    /// <param name="function">Index of the source function in the graph.</param>
    /// <param name="cause">Why.</param>
    public static ExactImpact Unknown(int function, InexactCause cause) => new() { Function = function, InexactBecause = [cause] };
}
