using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;

namespace IpaAnalysis.Recompile;

/// <summary>Tells of which patched functions it is not known exactly what depends on them.</summary>
public static class ExactReport
{
    private const int MaxPerFunction = 20;

    /// <summary>Tells.</summary>
    /// <param name="graph">The graph that the answers refer to.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="severity">How much it matters to the user.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.ExactImpactUnknown"/>.</param>
    public static void Write(DependencyGraph graph, ImmutableArray<ExactImpact> answers, DiagnosticSeverity severity, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(diagnostics);
        foreach (var answer in answers)
        {
            var name = graph.SourceFunctions[answer.Function].Name;
            foreach (var cause in answer.InexactBecause.Take(MaxPerFunction))
            {
                Add(cause.Object is null ? $"{name}: {cause.Cause}" : $"{name} in {cause.Object}: {cause.Cause}");
            }

            if (answer.InexactBecause.Length > MaxPerFunction)
            {
                Add($"{name}: the same holds for {answer.InexactBecause.Length - MaxPerFunction} more objects; the manifest lists them all.");
            }
        }

        void Add(string message) => diagnostics.Add(DiagnosticCatalog.ExactImpactUnknown.At(message) with { Severity = severity });
    }
}
