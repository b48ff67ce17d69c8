using IpaAnalysis.Processes;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Faults.Harness;

/// <summary>What a run may use before it is ended and counts as failed.</summary>
/// <param name="Time">Time from start to end.</param>
/// <param name="TreeBytes">Memory of all its processes together, in bytes.</param>
internal sealed record ProcessLimits(TimeSpan Time, long TreeBytes)
{
    /// <summary>The package's own bounds of a recompile with less patience, so that a hundred bombs take minutes; one of each kind is tried with the package's.</summary>
    private static readonly RunBounds s_impatient = RecompileBounds.OfCompile with { ProcessorTime = TimeSpan.FromSeconds(20), IdleTime = TimeSpan.FromSeconds(5) };

    /// <summary>For a compiler that compiles a small file.</summary>
    public static ProcessLimits Compile { get; } = new(TimeSpan.FromSeconds(30), 4L << 30);

    /// <summary>For an analysis of two units, on a busy machine too.</summary>
    public static ProcessLimits Short { get; } = new(TimeSpan.FromMinutes(1), 4L << 30);

    /// <summary>For an analysis of a small tree that makes nothing run away.</summary>
    public static ProcessLimits Quiet { get; } = new(TimeSpan.FromMinutes(5), 4L << 30);

    /// <summary>For an analysis in which compilers are ended by the bounds of a recompile, which are tens of seconds and some gigabytes each.</summary>
    public static ProcessLimits Bounded { get; } = new(TimeSpan.FromMinutes(15), 10L << 30);

    /// <summary>The same with the package's own bounds.</summary>
    public static ProcessLimits Patient { get; } = new(TimeSpan.FromMinutes(45), 10L << 30) { Recompile = RecompileBounds.OfCompile };

    /// <summary>The bounds of each recompile.</summary>
    public RunBounds Recompile { get; init; } = s_impatient;
}
