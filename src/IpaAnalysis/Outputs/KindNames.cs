using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Violations;
using IpaAnalysis.Graph;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Outputs;

/// <summary>The manifest's words for kinds and severities.</summary>
internal static class KindNames
{
    /// <summary>What an instance of the patched function itself has as its reason, in items.</summary>
    public const string Patched = "patched";

    /// <summary>The word for a dependency.</summary>
    public static string Of(DependencyKind kind) => kind switch
    {
        DependencyKind.Inlined => "inlined",
        DependencyKind.Cloned => "cloned",
        DependencyKind.CallsClone => "callsClone",
        DependencyKind.Decision => "decision",
        DependencyKind.Fact => "fact",
        _ => "sharedBody",
    };

    /// <summary>The word for what shows a dependency.</summary>
    /// <param name="dependency">The dependency.</param>
    /// <param name="isInDump">Whether a line of the clone dump tells of it, if it is a copy; else its symbol does.</param>
    public static string EvidenceOf(Dependency dependency, bool isInDump) => dependency.Kind switch
    {
        DependencyKind.Inlined or DependencyKind.Cloned => isInDump ? "dump" : "symbols",
        DependencyKind.CallsClone => "callGraph",
        DependencyKind.Decision or DependencyKind.Fact => "recompile",
        _ => dependency.Pass == ClonePasses.Unknown.Name ? "symbols" : "foldingRecord",
    };

    /// <summary>The word for a verdict.</summary>
    public static string Of(GateVerdict verdict) => verdict switch
    {
        GateVerdict.Passed => "passed",
        GateVerdict.Failed => "failed",
        _ => "notEvaluated",
    };

    /// <summary>The word for what accepts a violation; null when it counts.</summary>
    public static string? Of(ViolationStatus status) => status switch
    {
        ViolationStatus.Excepted => "exception",
        ViolationStatus.Known => "baseline",
        _ => null,
    };

    /// <summary>The word for a severity.</summary>
    public static string Of(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}
