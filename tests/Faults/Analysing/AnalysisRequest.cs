using IpaAnalysis.Processes;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Faults.Analysing;

/// <summary>What a process of its own is to analyse.</summary>
internal sealed record AnalysisRequest
{
    /// <summary>The object tree, absolute; it is not trusted.</summary>
    public required string Tree { get; init; }

    /// <summary>The intermediate directory, absolute.</summary>
    public required string Intermediate { get; init; }

    /// <summary>The project's directory, absolute.</summary>
    public required string Project { get; init; }

    /// <summary>The patched functions; none for the index.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>The environment of the build.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The bounds of each recompile.</summary>
    public RunBounds Recompile { get; init; } = RecompileBounds.OfCompile;

    /// <summary>How many compilers and readers run at once.</summary>
    public int Jobs { get; init; } = 1;
}
