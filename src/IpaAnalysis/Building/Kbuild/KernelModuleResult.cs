using IpaAnalysis.Building.Kbuild.Trees;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>What came of building a kernel module.</summary>
internal sealed record KernelModuleResult : KbuildResult
{
    /// <summary>The kernel; null when it was not found.</summary>
    public KernelBuildDirectory? Kernel { get; init; }

    /// <summary>Dumps and call graphs that our flags left in the module directory, of which kbuild's <c>clean</c> removes only some; absolute, sorted ordinally.</summary>
    public IReadOnlyList<string> OutputFiles { get; init; } = [];
}
