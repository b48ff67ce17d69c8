using System.Collections.Concurrent;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Units;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Oracle.Prediction;

/// <summary>What the files that the compiler leaves tell, without asking it anything.</summary>
/// <param name="name">The predictor's name.</param>
/// <param name="dumpsOnly">Whether only the clone dumps are read, as other tools do; else call graphs and symbols too (rules 1 to 3).</param>
internal sealed class PlainClosure(string name, bool dumpsOnly) : IPredictor
{
    private readonly ConcurrentDictionary<PreparedUnit, Lazy<DependencyGraph>> _graphs = new(ReferenceEqualityComparer.Instance);

    public string Name => name;

    public Prediction? Predict(PreparedUnit unit, DefinedFunction function)
    {
        var graph = _graphs.GetOrAdd(unit, u => new Lazy<DependencyGraph>(() => Build(u))).Value;
        var found = new FunctionResolver(graph).Resolve(new FunctionQuery(function.Name, AllMatches: true), new DiagnosticBag());
        if (found.Count == 0)
        {
            return null;
        }

        var affected = new Dictionary<string, PredictedKind>(StringComparer.Ordinal);
        foreach (var source in found)
        {
            foreach (var dependant in new ImpactAnalyzer(graph).Analyze(source).Affected.Where(a => graph.IsEmitted(a.Vertex) != false))
            {
                var origin = SymbolName.Origin(graph.SymbolOf(dependant.Vertex));
                if (origin != function.Name)
                {
                    var isRouting = dependant.Reasons.All(r =>
                        r.Dependency.Kind == DependencyKind.SharedBody
                        || (r.Dependency.Kind == DependencyKind.CallsClone && graph.SourceFunctionOf(r.From) != source));
                    var kind = isRouting ? PredictedKind.Routing : PredictedKind.Dependence;
                    affected[origin] = affected.TryGetValue(origin, out var other) && other < kind ? other : kind;
                }
            }
        }

        return new Prediction(affected, IsExact: false);
    }

    private DependencyGraph Build(PreparedUnit unit)
    {
        var read = SummaryReader.Read(new Unit
        {
            Object = "unit.o",
            ObjectPath = dumpsOnly ? null : unit.ObjectPath,
            DumpPath = unit.Beside("unit.*.ipa-clones"),
            CallGraphPath = dumpsOnly ? null : unit.Beside("unit.ci"),
            FoldingRecordPath = dumpsOnly ? null : unit.Beside("unit.*.icf"),
            WorkingDirectory = unit.Source.Directory,
            Paths = new SourcePathMap([unit.Source.Directory]),
        });
        return DependencyGraph.Build([new GraphUnit("unit.o", read, path => path)]);
    }
}
