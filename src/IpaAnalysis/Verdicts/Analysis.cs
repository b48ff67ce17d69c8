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
        var graph = scope == ManifestScope.All
            ? source.BuildGraph()
            : QueryGraph.Build(source, options.PatchedFunctions, cancellation);
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
        var analyzer = new ImpactAnalyzer(graph);
        var tally = new Tally(graph.VertexCount);
        IReadOnlyCollection<int> told = scope switch
        {
            ManifestScope.Patched => patched,
            ManifestScope.All => FindWithDependants(graph, analyzer, tally, diagnostics, cancellation),
            _ => [],
        };
        ImmutableArray<FunctionImpact> kept = scope == ManifestScope.Patched ? Analyze(graph, analyzer, patched, tally, diagnostics) : [];
        ImmutableArray<IndexRow> index = scope == ManifestScope.Index
            ? ProgramIndex.Make(source, options.IndexCacheFile, options.Threads, diagnostics, cancellation)
            : [];
        diagnostics.AddRange(options.Gate.Notices);
        return new AnalysisResult
        {
            Scope = scope,
            Graph = graph,
            Complete = !diagnostics.Any(d => d.Descriptor.MeansIncomplete),
            Compilers = [.. source.Facts.SelectMany(f => f.Compilers).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)],
            Totals = tally.Totals(source, told.Count),
            PatchedFunctions = scope == ManifestScope.All ? told.Select(analyzer.Analyze) : kept,
            Index = index,
            Gate = options.Gate,
            Findings = Sort(diagnostics, options.NormalizePath),
        };
    }

    /// <summary>Tells of functions in full.</summary>
    private static ImmutableArray<FunctionImpact> Analyze(
        DependencyGraph graph, ImpactAnalyzer analyzer, IEnumerable<int> functions, Tally tally, DiagnosticBag diagnostics)
    {
        var blindSpots = new BlindSpots(graph);
        var impacts = ImmutableArray.CreateBuilder<FunctionImpact>();
        foreach (var function in functions)
        {
            var impact = analyzer.Analyze(function);
            blindSpots.Add(impact);
            tally.Add(analyzer, impact.Instances, [.. impact.Affected.Select(a => a.Vertex)]);
            impacts.Add(impact);
        }

        blindSpots.Report(diagnostics);
        return impacts.DrainToImmutable();
    }

    /// <summary>The functions that something depends on, without a full account of any.</summary>
    private static List<int> FindWithDependants(
        DependencyGraph graph, ImpactAnalyzer analyzer, Tally tally, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        var blindSpots = new BlindSpots(graph);
        var found = new List<int>();
        for (var function = 0; function < graph.SourceFunctions.Length; function++)
        {
            cancellation.ThrowIfCancellationRequested();
            var affected = analyzer.FindAffected(function);
            if (!affected.IsEmpty)
            {
                blindSpots.Add(function, affected);
                tally.Add(analyzer, graph.InstancesOf(function).ToArray(), affected);
                found.Add(function);
            }
        }

        blindSpots.Report(diagnostics);
        return found;
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

        public void Add(ImpactAnalyzer analyzer, IReadOnlyList<int> instances, ReadOnlySpan<int> affected)
        {
            foreach (var vertex in instances)
            {
                _toPatch[vertex] |= analyzer.MustBePatched(vertex);
            }

            foreach (var vertex in affected)
            {
                _affected[vertex] = true;
                _toPatch[vertex] |= analyzer.MustBePatched(vertex);
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
