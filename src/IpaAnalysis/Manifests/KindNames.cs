using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;

namespace IpaAnalysis.Manifests;

/// <summary>The manifest's words for kinds and severities.</summary>
public static class KindNames
{
    /// <summary>What an instance of the patched function itself has as its reason, in items.</summary>
    public const string Patched = "patched";

    /// <summary>The word for a dependency.</summary>
    public static string Of(DependencyKind kind) => kind switch
    {
        DependencyKind.Inlined => "inlined",
        DependencyKind.Cloned => "cloned",
        DependencyKind.CallsClone => "callsClone",
        _ => "sharedBody",
    };

    /// <summary>The word for a severity.</summary>
    public static string Of(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };
}
