using IpaAnalysis.Building.Kbuild.Trees;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>A kernel's source tree and how to build it.</summary>
internal sealed record KernelTreeOptions : KbuildOptions
{
    /// <summary>Absolute directory of the sources, with the kernel's own Makefile.</summary>
    public required string SourceDirectory { get; init; }

    /// <summary>Absolute directory with <c>.config</c>, for kbuild's <c>O=</c>; null when the kernel is built where its sources are.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>What make shall make, separated by blanks or semicolons; null for <c>vmlinux</c>, and <c>modules</c> if the configuration has any.</summary>
    public string? MakeTargets { get; init; }

    internal override string Place => SourceDirectory;
}
