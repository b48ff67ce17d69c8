using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>What asking the compiler needs besides the question.</summary>
internal sealed record ExactSettings
{
    /// <summary>The unit of an object, by its name in the manifest; null when it is not known.</summary>
    public required Func<string, Unit?> UnitOf { get; init; }

    /// <summary>Absolute directory for what compilers write; it is made, and what is put there is removed again.</summary>
    public required string Directory { get; init; }

    /// <summary>Where answers are kept between builds, absolute; null for nowhere.</summary>
    public string? CacheFile { get; init; }

    /// <summary>How far a compile may go; one that goes further answers nothing.</summary>
    public RunBounds Bounds { get; init; } = RecompileBounds.OfCompile;

    /// <summary>How many compilers may run at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Who is told how far it is; null for nobody.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }
}
