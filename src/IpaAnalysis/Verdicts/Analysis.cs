using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Causes;

namespace IpaAnalysis.Verdicts;

/// <summary>Answers the user's question from a graph and merges everything found into one result.</summary>
internal static class Analysis
{
    /// <summary>Analyses a graph.</summary>
    /// <param name="graph">The merged objects.</param>
    /// <param name="options">The question.</param>
    /// <param name="earlier">What collecting and compiling found wrong.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static AnalysisResult Run(
        DependencyGraph graph, AnalysisOptions options, IEnumerable<Diagnostic> earlier, CancellationToken cancellation) =>
        Run(new GraphSource(graph), graph, ScopeOf(options), options, earlier, cancellation);

    /// <summary>Analyses units, and loads no more of them than the question needs.</summary>
    /// <param name="source">All units.</param>
    /// <param name="options">The question.</param>
    /// <param name="earlier">What collecting and compiling found wrong.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static AnalysisResult Run(
        GraphSource source, AnalysisOptions options, IEnumerable<Diagnostic> earlier, CancellationToken cancellation)
    {
        var scope = ScopeOf(options);
        var graph = QueryGraph.Build(source, options.PatchedFunctions, cancellation);
        if (scope == ManifestScope.Patched && options.Exact is { } compilers)
        {
            graph = compilers.AddReaders(source, graph, options.PatchedFunctions, cancellation);
        }

        return Run(source, graph, scope, options, earlier, cancellation);
    }

    private static AnalysisResult Run(
        GraphSource source,
        DependencyGraph graph,
        ManifestScope scope,
        AnalysisOptions options,
        IEnumerable<Diagnostic> earlier,
        CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        diagnostics.AddRange(earlier);
        diagnostics.AddRange(source.Facts.SelectMany(f => f.Diagnostics));

        var patched = Resolve(new FunctionResolver(graph, source, options.Threads), options.PatchedFunctions, diagnostics);
        var impacts = new Impacts(graph, [], [], 0, 0);
        ImmutableArray<ExactImpact> exact = [];
        IReadOnlyList<IndexRow> index = [];
        switch (scope)
        {
            case ManifestScope.Patched:
                impacts = Analyze(graph, patched, options, diagnostics, out exact, cancellation);
                break;
            case ManifestScope.Index:
                index = ProgramIndex.Make(source, options, diagnostics, cancellation);
                break;
            default:
                var all = ProgramImpacts.Make(source, options, diagnostics, cancellation);
                impacts = new Impacts(all, all, [], all.AffectedCount, all.ToPatchCount);
                break;
        }

        var inexact = patched.Count == 0 ? null : InexactObjects(graph, patched, exact);
        var gate = options.Gate?.Judge(inexact, cancellation) ?? GateResult.NotEvaluated("none");
        diagnostics.AddRange(gate.Notices);
        return new AnalysisResult
        {
            Scope = scope,
            Graph = graph,
            Names = impacts.Names,
            Complete = !diagnostics.Any(d => d.Descriptor.MeansIncomplete),
            Compilers = [.. source.Facts.SelectMany(f => f.Compilers).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)],
            Totals = Totals(source, impacts),
            PatchedFunctions = impacts.Functions,
            DumpImpacts = impacts.OfDumps,
            Index = index,
            Exact = exact,
            Gate = gate,
            Findings = Sort(diagnostics, options.NormalizePath),
        };
    }

    /// <summary>Walks the rules from functions, over the dumps and over what compilers say.</summary>
    private static Impacts Analyze(
        DependencyGraph graph,
        AscendingSet functions,
        AnalysisOptions options,
        DiagnosticBag diagnostics,
        out ImmutableArray<ExactImpact> exact,
        CancellationToken cancellation)
    {
        var analyzer = new ImpactAnalyzer(graph);
        FunctionImpact[] shown = [.. functions.Select(analyzer.Analyze)];
        exact = options.Exact?.Analyze(graph, shown, cancellation) ?? [.. shown.Select(i => ExactImpact.Unknown(i.Function, InexactCause.NotAsked))];
        if (options.Exact is not null && options.ReportsInexact)
        {
            ExactReport.Write(graph, exact, options.ExactSeverity, diagnostics);
        }

        var blindSpots = new BlindSpots(graph);
        var complete = ImmutableArray.CreateBuilder<FunctionImpact>(shown.Length);
        var (isAffected, mustBePatched) = (new bool[graph.VertexCount], new bool[graph.VertexCount]);
        for (var i = 0; i < shown.Length; i++)
        {
            var impact = exact[i].Complete(shown[i], analyzer);
            blindSpots.Add(impact);
            complete.Add(impact);
            foreach (var affected in impact.Affected)
            {
                isAffected[affected.Vertex] = true;
            }

            foreach (var vertex in impact.FunctionsToPatch)
            {
                mustBePatched[vertex] = true;
            }
        }

        blindSpots.Report(diagnostics);
        return new Impacts(graph, complete.DrainToImmutable(), [.. shown], isAffected.AsSpan().Count(true), mustBePatched.AsSpan().Count(true));
    }

    /// <summary>The objects in which something may depend on a patched function unseen.</summary>
    private static HashSet<string> InexactObjects(DependencyGraph graph, IEnumerable<int> patched, ImmutableArray<ExactImpact> exact)
    {
        var objects = new HashSet<string>(StringComparer.Ordinal);
        var known = exact.ToDictionary(e => e.Function);
        foreach (var function in patched)
        {
            if (!known.TryGetValue(function, out var answer) || answer.InexactBecause.Any(c => c.Object is null))
            {
                objects.UnionWith(graph.InstancesOf(function).ToArray().Select(v => graph.Units[graph.UnitOf(v)].Object));
            }
            else
            {
                objects.UnionWith(answer.InexactBecause.Select(c => c.Object!));
            }
        }

        return objects;
    }

    private static AnalysisTotals Totals(GraphSource source, Impacts impacts) => new(
        Objects: source.Count,
        Functions: source.Facts.Sum(f => f.Functions),
        CloneEdges: source.Facts.Sum(f => f.CloneEdges),
        CallEdges: source.Facts.Sum(f => f.CallEdges),
        PatchedFunctions: impacts.Functions.Count,
        AffectedFunctions: impacts.AffectedCount,
        FunctionsToPatch: impacts.ToPatchCount);

    private static ManifestScope ScopeOf(AnalysisOptions options) =>
        options.Scope ?? (options.PatchedFunctions.IsEmpty ? ManifestScope.Index : ManifestScope.Patched);

    private static AscendingSet Resolve(
        FunctionResolver resolver, ImmutableArray<FunctionQuery> queries, DiagnosticBag diagnostics)
    {
        var functions = new AscendingSet();
        foreach (var query in queries.Distinct())
        {
            foreach (var function in resolver.Resolve(query, diagnostics))
            {
                functions.Add(function);
            }
        }

        return functions;
    }

    private static ImmutableArray<Finding> Sort(DiagnosticBag diagnostics, Func<string, string?> normalizePath) =>
    [
        .. diagnostics
            .Distinct()
            .Select(d => new Finding(d, d.File is null ? null : normalizePath(d.File)))
            .OrderBy(f => f.Diagnostic.Code, StringComparer.Ordinal)
            .ThenBy(f => f.File ?? "", Utf8Order.Instance)
            .ThenBy(f => f.Diagnostic.Line)
            .ThenBy(f => f.Diagnostic.Column)
            .ThenBy(f => f.Diagnostic.Message, Utf8Order.Instance),
    ];

    /// <summary>The functions in full, what the dumps alone show of them, and how many distinct vertices are in them.</summary>
    private sealed record Impacts(
        IVertexNames Names, IReadOnlyList<FunctionImpact> Functions, ImmutableArray<FunctionImpact> OfDumps, int AffectedCount, int ToPatchCount);
}
