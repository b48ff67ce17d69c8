namespace IpaAnalysis.Faults.Harness;

/// <summary>What a run may use before it is ended and counts as failed.</summary>
/// <param name="Time">Time from start to end.</param>
/// <param name="TreeBytes">Memory of all its processes together, in bytes.</param>
internal sealed record ProcessLimits(TimeSpan Time, long TreeBytes)
{
    /// <summary>For a compiler that compiles a small file.</summary>
    public static ProcessLimits Compile { get; } = new(TimeSpan.FromSeconds(30), 4L << 30);

    /// <summary>For an analysis of two units, on a busy machine too.</summary>
    public static ProcessLimits Short { get; } = new(TimeSpan.FromMinutes(1), 4L << 30);

    /// <summary>For an analysis of a small tree that makes nothing run away.</summary>
    public static ProcessLimits Quiet { get; } = new(TimeSpan.FromMinutes(5), 4L << 30);

    /// <summary>For an analysis in which compilers are ended by the bounds of a recompile, which are tens of seconds and some gigabytes each.</summary>
    public static ProcessLimits Bounded { get; } = new(TimeSpan.FromMinutes(15), 10L << 30);
}
