using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Oracle.Objects;
using IpaAnalysis.Oracle.Units;
using IpaAnalysis.Summaries.Reading;

namespace IpaAnalysis.Oracle.Prediction;

/// <summary>A unit as the library sees it.</summary>
internal sealed class UnitGraph
{
    private readonly ImpactAnalyzer _analyzer;

    /// <summary>Reads a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="dumpsOnly">Whether nothing but its clone dump is read.</param>
    public UnitGraph(PreparedUnit unit, bool dumpsOnly)
    {
        var source = unit.Source;
        var command = RecordedCommand.Of(
            [source.Compiler, .. source.Flags, .. UnitCompiler.DumpFlags, "-c", source.Source, "-o", unit.ObjectPath], source.Directory);
        Unit = new Unit
        {
            Object = "unit.o",
            ObjectPath = dumpsOnly ? null : unit.ObjectPath,
            DumpPath = unit.Beside("unit.*.ipa-clones"),
            CallGraphPath = dumpsOnly ? null : unit.Beside("unit.ci"),
            FoldingRecordPath = dumpsOnly ? null : unit.Beside("unit.*.icf"),
            SourcePath = Path.GetFullPath(source.Source, source.Directory),
            WorkingDirectory = source.Directory,
            Command = command,
            Options = RecordedOptions.From(command, OptionOrigin.OwnCompile, isTrusted: true),
            Paths = new SourcePathMap([source.Directory]),
        };
        Graph = DependencyGraph.Build([new GraphUnit(Unit.Object, SummaryReader.Read(Unit), path => Unit.Paths.Normalize(path, Unit.WorkingDirectory))]);
        _analyzer = ImpactAnalyzer.ForAllFunctions(Graph);
    }

    public Unit Unit { get; }

    public DependencyGraph Graph { get; }

    /// <summary>What is known of a function without asking the compiler; null when the function is not known or not clearly one.</summary>
    public FunctionImpact? ImpactOf(DefinedFunction function) =>
        new FunctionResolver(Graph).Resolve(new FunctionQuery(function.Name), new DiagnosticBag()) is [var found] ? _analyzer.Analyze(found) : null;

    /// <summary>The functions of the source with code that an impact holds, and what kind of need each is.</summary>
    public Dictionary<string, PredictedKind> Shown(DefinedFunction function, FunctionImpact impact, Func<int, bool> isRefuted)
    {
        var affected = new Dictionary<string, PredictedKind>(StringComparer.Ordinal);
        foreach (var dependant in impact.Affected.Where(a => Graph.IsEmitted(a.Vertex) != false))
        {
            var isRouting = dependant.Reasons.All(r =>
                r.Dependency.Kind == DependencyKind.SharedBody
                || (r.Dependency.Kind == DependencyKind.CallsClone && Graph.SourceFunctionOf(r.From) != impact.Function));
            Add(affected, function, dependant.Vertex, isRouting ? PredictedKind.Routing : isRefuted(dependant.Vertex) ? PredictedKind.Refuted : PredictedKind.Dependence);
        }

        return affected;
    }

    /// <summary>Adds a vertex that is no part of the function itself; of several kinds for one function of the source the strongest counts.</summary>
    public void Add(Dictionary<string, PredictedKind> affected, DefinedFunction function, int vertex, PredictedKind kind)
    {
        var origin = SymbolName.Origin(Graph.SymbolOf(vertex));
        if (origin != function.Name)
        {
            affected[origin] = affected.TryGetValue(origin, out var other) && other < kind ? other : kind;
        }
    }
}
