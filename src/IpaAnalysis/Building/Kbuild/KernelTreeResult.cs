namespace IpaAnalysis.Building.Kbuild;

/// <summary>What came of building a kernel's source tree.</summary>
internal sealed record KernelTreeResult : KbuildResult
{
    /// <summary>Where kbuild ran its commands and put the objects: absolute, symbolic links resolved.</summary>
    public required string OutputDirectory { get; init; }
}
