using IpaAnalysis.Diagnostics;
using IpaAnalysis.Impact;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.MSBuild.Locks;
using IpaAnalysis.Recompile;
using IpaAnalysis.Sessions;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Shows how the body of a function spread: a text that engineers read.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaExplainFunction : IpaUnitsTask
{
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

    /// <summary>Where the text goes.</summary>
    [Required]
    public string ExplainFile { get; set; } = "";

    private protected override LockUse Use => LockUse.Continues;

    private protected override void Read(SessionLog log, DiagnosticBag diagnostics)
    {
        var request = new ExplainRequest
        {
            Memory = Memory,
            Functions = [.. Queries(diagnostics)],
            AsksCompilers = AnalysisInputs.Exact(ExactImpact, diagnostics) != ExactMode.False,
            Compiler = Compiler,
            ExplainFile = Absolute(ExplainFile),
        };
        if (request.Functions.IsEmpty)
        {
            diagnostics.Add(DiagnosticCatalog.FunctionNotNamed.At(
                "Name the function to explain: dotnet build -t:IpaExplain -p:IpaFunction=NAME -tl:off, or add an IpaPatchedFunction item."));
        }

        if (!diagnostics.HasErrors)
        {
            new ExplainSession(Settings, log).Run(request, Cancellation);
        }
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

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
