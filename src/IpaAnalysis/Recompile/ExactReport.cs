using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Recompile.Causes;

namespace IpaAnalysis.Recompile;

/// <summary>Tells of which patched functions it is not known exactly what depends on them.</summary>
internal static class ExactReport
{
    private const int MaxPerFunction = 20;

    /// <summary>Adds a diagnostic for each object that makes an answer not exact, and one for the rest when there are many.</summary>
    /// <param name="graph">The graph that the answers refer to.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="severity">How much it matters to the user; as an info only where a command is known, as nothing else was asked for.</param>
    /// <param name="diagnostics">Takes <see cref="DiagnosticCatalog.ExactImpactUnknown"/>.</param>
    public static void Write(DependencyGraph graph, ImmutableArray<ExactImpact> answers, DiagnosticSeverity severity, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(diagnostics);
        foreach (var answer in answers)
        {
            var name = graph.SourceFunctions[answer.Function].Name;
            InexactCause[] causes = [.. answer.InexactBecause.Where(c => severity != DiagnosticSeverity.Info || c.Cause != InexactCauses.NoCommand)];
            foreach (var cause in causes.Take(MaxPerFunction))
            {
                Add(cause.Object is null ? $"{name}: {cause.Cause}" : $"{name} in {cause.Object}: {cause.Cause}");
            }

            if (causes.Length > MaxPerFunction)
            {
                Add($"{name}: the same holds for {causes.Length - MaxPerFunction} more objects; the manifest lists them all.");
            }
        }

        void Add(string message) => diagnostics.Add(DiagnosticCatalog.ExactImpactUnknown.At(message) with { Severity = severity });
    }
}
