using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Truth;
using IpaAnalysis.Oracle.Units;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Oracle.Prediction;

/// <summary>Exact impact: what the files tell, and what the compiler says when the library compiles the unit again.</summary>
internal sealed class AskedCompiler : IPredictor
{
    private readonly OptionExpander _expander = new(new OptionExpanderSettings
    {
        Environment = Shell.Environment,
        BaseDirectory = "/",
        Jobs = System.Environment.ProcessorCount,
    });

    public string Name => "exact impact";

    public IReadOnlyList<Prediction?> Predict(PreparedUnit unit, IReadOnlyList<DefinedFunction> functions)
    {
        var graph = new UnitGraph(unit, dumpsOnly: false);
        var impacts = functions.Select(graph.ImpactOf).ToList();
        var analyzer = new ExactImpactAnalyzer(
            new ExactSettings
            {
                UnitOf = _ => graph.Unit,
                Directory = Path.Combine(unit.Directory, "recompile"),
                Jobs = System.Environment.ProcessorCount,
            },
            _expander);
        var answers = new Queue<ExactImpact>(analyzer.Analyze(graph.Graph, [.. impacts.OfType<Impact.FunctionImpact>()], CancellationToken.None));
        return [.. functions.Zip(impacts, (f, i) => i is null ? null : Join(graph, f, i, answers.Dequeue()))];
    }

    private static Prediction Join(UnitGraph graph, DefinedFunction function, Impact.FunctionImpact impact, ExactImpact answer)
    {
        var affected = graph.Shown(function, impact, vertex => answer.Confirmed.TryGetValue(vertex, out var isConfirmed) && !isConfirmed);
        foreach (var fact in answer.Facts)
        {
            graph.Add(affected, function, fact.Vertex, PredictedKind.Dependence);
        }

        foreach (var decision in answer.Decisions)
        {
            graph.Add(affected, function, decision.Vertex, PredictedKind.Decision);
        }

        return new Prediction(affected, answer.IsExact, string.Join("; ", answer.InexactBecause.Select(c => c.Cause)))
        {
            Opened = new OpenedNames(
                answer.UnsafeCallees.Select(c => c.Function).ToHashSet(StringComparer.Ordinal),
                answer.FoldedVariables.Select(v => v.Variable).ToHashSet(StringComparer.Ordinal)),
            Evidence = answer.Facts
                .GroupBy(f => SymbolName.Origin(graph.Graph.SymbolOf(f.Vertex)), StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.First().Difference.ReplaceLineEndings(" ⏎ "), StringComparer.Ordinal),
        };
    }
}
