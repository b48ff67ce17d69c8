using IpaAnalysis.Building.Kbuild.Trees;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>An out-of-tree kernel module and how to build it.</summary>
internal sealed record KernelModuleOptions : KbuildOptions
{
    /// <summary>Absolute directory of the module, with its Kbuild file or Makefile.</summary>
    public required string ModuleDirectory { get; init; }

    /// <summary>The kernel's build directory; null for the running kernel's, else the only one installed.</summary>
    public string? KernelBuildDir { get; init; }

    internal override string Place => ModuleDirectory;
}
