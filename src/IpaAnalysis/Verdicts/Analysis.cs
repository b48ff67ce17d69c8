using System.Collections.Immutable;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;

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
        ImmutableArray<ExactImpact> exact = [];
        ImmutableArray<FunctionImpact> kept = scope == ManifestScope.Patched ? Analyze(graph, analyzer, patched, options, tally, diagnostics, out exact) : [];
        ImmutableArray<IndexRow> index = scope == ManifestScope.Index
            ? ProgramIndex.Make(source, options.IndexCacheFile, options.Threads, diagnostics, cancellation)
            : [];
        var gate = options.Gate(patched.Count == 0 ? null : InexactObjects(graph, patched, exact));
        diagnostics.AddRange(gate.Notices);
        return new AnalysisResult
        {
            Scope = scope,
            Graph = graph,
            Complete = !diagnostics.Any(d => d.Descriptor.MeansIncomplete),
            Compilers = [.. source.Facts.SelectMany(f => f.Compilers).Distinct(StringComparer.Ordinal).Order(Utf8Order.Instance)],
            Totals = tally.Totals(source, told.Count),
            PatchedFunctions = scope == ManifestScope.All ? told.Select(analyzer.Analyze) : kept,
            Index = index,
            Exact = exact,
            Gate = gate,
            Findings = Sort(diagnostics, options.NormalizePath),
        };
    }

    /// <summary>Tells of functions in full.</summary>
    private static ImmutableArray<FunctionImpact> Analyze(
        DependencyGraph graph,
        ImpactAnalyzer analyzer,
        IEnumerable<int> functions,
        AnalysisOptions options,
        Tally tally,
        DiagnosticBag diagnostics,
        out ImmutableArray<ExactImpact> exact)
    {
        FunctionImpact[] shown = [.. functions.Select(analyzer.Analyze)];
        exact = options.Exact?.Invoke(graph, shown) ?? [.. shown.Select(i => ExactImpact.Unknown(i.Function, InexactCause.NotAsked))];
        if (options.Exact is not null)
        {
            ExactReport.Write(graph, exact, options.ExactSeverity, diagnostics);
        }

        var blindSpots = new BlindSpots(graph);
        var impacts = ImmutableArray.CreateBuilder<FunctionImpact>();
        for (var i = 0; i < shown.Length; i++)
        {
            var impact = exact[i].Facts.IsEmpty ? shown[i] : analyzer.Analyze(shown[i].Function, [.. exact[i].Facts.Select(f => f.Affected)]);
            blindSpots.Add(impact);
            tally.Add(analyzer, impact.Instances, [.. impact.Affected.Select(a => a.Vertex)]);
            impacts.Add(impact);
        }

        blindSpots.Report(diagnostics);
        return impacts.DrainToImmutable();
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
