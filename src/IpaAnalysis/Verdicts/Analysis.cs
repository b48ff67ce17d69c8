using System.Collections.Immutable;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;

namespace IpaAnalysis.Verdicts;

/// <summary>Answers the user's question from a graph and merges everything found into one result.</summary>
public static class Analysis
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
        var graph = scope == ManifestScope.Patched
            ? QueryGraph.Build(source, options.PatchedFunctions, cancellation)
            : source.BuildGraph();
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

        var patched = Resolve(new FunctionResolver(graph, source), options.PatchedFunctions, diagnostics);
        var asked = scope == ManifestScope.Patched ? patched : Enumerable.Range(0, graph.SourceFunctions.Length);

        var analyzer = new ImpactAnalyzer(graph);
        var blindSpots = new BlindSpots(graph);
        var tally = new Tally(graph.VertexCount);
        var kept = ImmutableArray.CreateBuilder<FunctionImpact>();
        var rows = ImmutableArray.CreateBuilder<IndexRow>();
        foreach (var function in asked)
        {
            cancellation.ThrowIfCancellationRequested();
            var impact = analyzer.Analyze(function);
            if (scope != ManifestScope.Patched && impact.Affected.Count == 0)
            {
                continue;
            }

            blindSpots.Add(impact);
            rows.Add(new IndexRow(function, impact.Instances.Count, impact.Affected.Count, impact.FunctionsToPatch.Count));
            if (scope != ManifestScope.Index)
            {
                tally.Add(impact);
            }

            if (scope == ManifestScope.Patched)
            {
                kept.Add(impact);
            }
        }

        blindSpots.Report(diagnostics);
        diagnostics.AddRange(options.Gate.Notices);
        var index = rows.DrainToImmutable();
        return new AnalysisResult
        {
            Scope = scope,
            Graph = graph,
            Complete = !diagnostics.Any(d => d.Descriptor.MeansIncomplete),
            Compilers = [.. source.Facts.SelectMany(f => f.Compilers).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)],
            Totals = tally.Totals(source, scope == ManifestScope.Index ? 0 : index.Length),
            PatchedFunctions = scope switch
            {
                ManifestScope.Patched => kept.DrainToImmutable(),
                ManifestScope.All => index.Select(row => analyzer.Analyze(row.Function)),
                _ => [],
            },
            Index = scope == ManifestScope.Index ? index : [],
            Gate = options.Gate,
            Findings = Sort(diagnostics, options.NormalizePath),
        };
    }

    private static ManifestScope ScopeOf(AnalysisOptions options) =>
        options.Scope ?? (options.PatchedFunctions.IsEmpty ? ManifestScope.Index : ManifestScope.Patched);

    private static SortedSet<int> Resolve(
        FunctionResolver resolver, ImmutableArray<FunctionQuery> queries, DiagnosticBag diagnostics)
    {
        var functions = new SortedSet<int>();
        foreach (var query in queries.Distinct())
        {
            functions.UnionWith(resolver.Resolve(query, diagnostics));
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

    /// <summary>Counts distinct vertices over many impacts.</summary>
    private sealed class Tally(int vertexCount)
    {
        private readonly bool[] _affected = new bool[vertexCount];
        private readonly bool[] _toPatch = new bool[vertexCount];

        public void Add(FunctionImpact impact)
        {
            foreach (var affected in impact.Affected)
            {
                _affected[affected.Vertex] = true;
            }

            foreach (var vertex in impact.FunctionsToPatch)
            {
                _toPatch[vertex] = true;
            }
        }

        public AnalysisTotals Totals(GraphSource source, int patchedFunctions) => new(
            Objects: source.Count,
            Functions: source.Facts.Sum(f => f.Functions),
            CloneEdges: source.Facts.Sum(f => f.CloneEdges),
            CallEdges: source.Facts.Sum(f => f.CallEdges),
            PatchedFunctions: patchedFunctions,
            AffectedFunctions: _affected.Count(a => a),
            FunctionsToPatch: _toPatch.Count(p => p));
    }
}
