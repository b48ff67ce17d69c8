using System.Collections.Immutable;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Gating;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile;

namespace IpaAnalysis.Verdicts;

/// <summary>What to find out.</summary>
internal sealed record AnalysisOptions
{
    /// <summary>Which functions to tell of; null: the patched ones if there are any, else the index.</summary>
    public ManifestScope? Scope { get; init; }

    /// <summary>The functions that are patched.</summary>
    public ImmutableArray<FunctionQuery> PatchedFunctions { get; init; } = [];

    /// <summary>Asks the compiler what the dumps do not show of the patched functions; null for nothing of it.</summary>
    public IExactImpact? Exact { get; init; }

    /// <summary>How much it matters where the compiler could not be asked.</summary>
    public DiagnosticSeverity ExactSeverity { get; init; } = DiagnosticSeverity.Info;

    /// <summary>Whether the diagnostics say where the compiler could not be asked; a form that tells it of each function need not.</summary>
    public bool ReportsInexact { get; init; } = true;

    /// <summary>Judges the same objects; null for no judgement.</summary>
    public IGate? Gate { get; init; }

    /// <summary>Where the index of each unit is kept between builds, absolute; null for nowhere.</summary>
    public string? IndexCacheFile { get; init; }

    /// <summary>How many units to look at at once.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Is told how many units were looked at, where that is more than those of a few functions.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Turns a file's path into the manifest's form, so that the order of diagnostics is the same in every directory.</summary>
    public required Func<string, string?> NormalizePath { get; init; }
}
