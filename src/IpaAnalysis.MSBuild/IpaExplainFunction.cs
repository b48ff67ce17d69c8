using System.Collections.Immutable;
using System.Text;
using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Impact;
using IpaAnalysis.Outputs;
using IpaAnalysis.Recompile;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Shows how the body of a function spread: a text that engineers read.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaExplainFunction : IpaLockedTask
{
    /// <summary>What <see cref="IpaCollectUnits"/> found.</summary>
    [Required]
    public string UnitsFile { get; set; } = "";

    /// <summary>What <see cref="IpaCollectUnits"/> says of the units and their files; empty when it says nothing.</summary>
    public string UnitsKey { get; set; } = "";

    /// <summary>The function's name or symbol; empty: every patched function.</summary>
    public string Function { get; set; } = "";

    /// <summary>Chooses among functions of that name by the end of their source file's path.</summary>
    public string FunctionSource { get; set; } = "";

    /// <summary>Chooses among functions of that name by the end of an object's path.</summary>
    public string FunctionObject { get; set; } = "";

    /// <summary>Chooses among functions of that name by their line.</summary>
    public string FunctionLine { get; set; } = "";

    /// <summary>What to explain when no function is named.</summary>
    public ITaskItem[] PatchedFunctions { get; set; } = [];

    /// <summary>How many threads may read.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>Whether every file is read, whatever its time stamps say: <c>true</c> or <c>false</c>.</summary>
    public string FullHash { get; set; } = "";

    /// <summary>Whether the compiler is asked too: <c>auto</c>, <c>true</c> or <c>false</c>; empty for <c>auto</c>.</summary>
    public string ExactImpact { get; set; } = "";

    /// <summary>The compiler that is asked where an object names none.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>Where compilers' answers are kept.</summary>
    [Required]
    public string OptionsFile { get; set; } = "";

    /// <summary>Where the text goes.</summary>
    [Required]
    public string ExplainFile { get; set; } = "";

    private protected override LockUse Use => LockUse.Continues;

    private protected override bool IsAsLeft() => CollectNotes.AreCurrent(Absolute(UnitsFile), UnitsKey, Jobs, Cancellation);

    /// <inheritdoc/>
    private protected override void RunLocked()
    {
        var diagnostics = new DiagnosticBag();
        var queries = Queries(diagnostics);
        var fullHash = AnalysisInputs.Flag(NullIfEmpty(FullHash), "IpaFullHash", diagnostics);
        var exact = ExactInputs.Mode(ExactImpact, diagnostics);
        if (queries.Length == 0)
        {
            diagnostics.Add(DiagnosticCatalog.FunctionNotNamed.At(
                "Name the function to explain: dotnet build -t:IpaExplain -p:IpaFunction=NAME -tl:off, or add an IpaPatchedFunction item."));
        }

        if (!diagnostics.HasErrors)
        {
            Explain(queries, exact, fullHash, diagnostics);
        }

        Report(diagnostics);
    }

    private FunctionQuery[] Queries(DiagnosticBag diagnostics)
    {
        if (Function.Length == 0)
        {
            return AnalysisInputs.Queries(PatchedFunctions, Absolute, diagnostics);
        }

        var line = AnalysisInputs.Line(FunctionLine, "IpaFunctionLine", diagnostics);
        return [new FunctionQuery(Function, NullIfEmpty(FunctionSource), NullIfEmpty(FunctionObject), line) { SourcePath = AnalysisInputs.SourcePath(FunctionSource, Absolute) }];
    }

    private void Explain(FunctionQuery[] queries, ExactMode mode, bool fullHash, DiagnosticBag diagnostics)
    {
        using var reading = StoredSummaries.Begin(Absolute(UnitsFile));
        var collected = CollectedUnits.Read(Absolute(UnitsFile), out _);
        var memory = Left<CollectionMemory>(CollectedUnits.NameOfMemory(Absolute(UnitsFile), UnitsKey));
        using var store = OpenStore(collected, reading, memory?.StampsOf(collected.Units.Count), Absolute(UnitsFile), Jobs, fullHash);
        var source = store.ToSource(collected);
        var expander = OpenExpander(Compiler, Jobs, Absolute(OptionsFile), collected.UntrustedDirectories);
        var compilers = mode == ExactMode.False ? null : ExactInputs.Analyzer(collected.Units, Absolute(UnitsFile), expander, Jobs, Progress);
        var graph = QueryGraph.Build(source, queries, Cancellation);

        // What leaves no copy; what was found out for the manifest is not asked again.
        graph = compilers?.AddReaders(source, graph, queries, Cancellation) ?? graph;
        diagnostics.AddRange(source.Facts.SelectMany(f => f.Diagnostics));
        var resolver = new FunctionResolver(graph, source, Jobs);
        var analyzer = new ImpactAnalyzer(graph);
        var blindSpots = new BlindSpots(graph);
        FunctionImpact[] shown = [.. queries.SelectMany(q => resolver.Resolve(q, diagnostics)).Distinct().Order().Select(analyzer.Analyze)];
        var exact = compilers?.Analyze(graph, shown, Cancellation) ?? [];
        expander.Save();
        var text = new StringBuilder();
        for (var i = 0; i < shown.Length; i++)
        {
            var answer = exact.IsEmpty ? null : exact[i];
            var impact = answer?.Complete(shown[i], analyzer) ?? shown[i];
            blindSpots.Add(impact);
            text.Append(text.Length > 0 ? "\n" : "").Append(ExplanationWriter.Write(graph, impact, answer));
        }

        blindSpots.Report(diagnostics);
        if (IsQuestion)
        {
            if (text.Length > 0 && !OutputFile.Holds(Absolute(ExplainFile), Encoding.UTF8.GetBytes(text.ToString())))
            {
                RefuseWork(Absolute(ExplainFile), "it does not say this");
            }
        }
        else if (text.Length == 0)
        {
            // An old explanation must not pass for the answer to this question.
            OutputFile.Delete(Absolute(ExplainFile));
        }
        else
        {
            OutputFile.Write(Absolute(ExplainFile), Encoding.UTF8.GetBytes(text.ToString()));
            Files.OutputList.Load(Absolute(OutputList), ProjectDirectory).Add("explain", [Absolute(ExplainFile)]);
            foreach (var line in text.ToString().TrimEnd('\n').Split('\n'))
            {
                LogText(MessageImportance.High, line);
            }

            LogText(MessageImportance.High, $"Written to {ExplainFile}.");
        }
    }

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
