using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Verdicts;

/// <summary>Scope <c>all</c> as the plainest program answers it: one graph over all objects, one function after the other.</summary>
internal static class WholeGraph
{
    public static AnalysisResult Analyze(GraphSource source, AnalysisOptions options, IEnumerable<Diagnostic> earlier)
    {
        var graph = source.BuildGraph();
        var diagnostics = new DiagnosticBag();
        diagnostics.AddRange(earlier);
        diagnostics.AddRange(source.Facts.SelectMany(f => f.Diagnostics));
        var analyzer = ImpactAnalyzer.ForAllFunctions(graph);
        var blindSpots = new BlindSpots(graph);
        var (affected, toPatch) = (new HashSet<int>(), new HashSet<int>());
        var told = ImmutableArray.CreateBuilder<FunctionImpact>();
        for (var function = 0; function < graph.SourceFunctions.Length; function++)
        {
            var impact = analyzer.Analyze(function);
            if (impact.Affected.Count > 0)
            {
                blindSpots.Add(impact);
                affected.UnionWith(impact.Affected.Select(a => a.Vertex));
                toPatch.UnionWith(impact.FunctionsToPatch);
                told.Add(impact);
            }
        }

        blindSpots.Report(diagnostics);
        return new AnalysisResult
        {
            Scope = ManifestScope.All,
            Graph = graph,
            Names = graph,
            Complete = !diagnostics.Any(d => d.Descriptor.MeansIncomplete),
            Compilers = [.. source.Facts.SelectMany(f => f.Compilers).Distinct().Order(Utf8Order.Instance)],
            Totals = new AnalysisTotals(
                source.Count,
                source.Facts.Sum(f => f.Functions),
                source.Facts.Sum(f => f.CloneEdges),
                source.Facts.Sum(f => f.CallEdges),
                told.Count,
                affected.Count,
                toPatch.Count),
            PatchedFunctions = told.ToImmutable(),
            Index = [],
            Gate = options.Gate?.Judge(null, CancellationToken.None) ?? GateResult.NotEvaluated("none"),
            Findings =
            [
                .. diagnostics.Distinct().Select(d => new Finding(d, d.File is null ? null : options.NormalizePath(d.File)))
                    .OrderBy(f => f.Diagnostic.Code, StringComparer.Ordinal)
                    .ThenBy(f => f.File ?? "", Utf8Order.Instance)
                    .ThenBy(f => f.Diagnostic.Line)
                    .ThenBy(f => f.Diagnostic.Column)
                    .ThenBy(f => f.Diagnostic.Message, Utf8Order.Instance),
            ],
        };
    }
}
