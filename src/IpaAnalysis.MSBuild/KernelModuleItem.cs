using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Files.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>An <c>IpaKernelModule</c> item as the library takes it, and a built one as the collecting task takes it.</summary>
internal static class KernelModuleItem
{
    public const string KernelBuildDir = nameof(KernelBuildDir);
    public const string KernelSourceDir = nameof(KernelSourceDir);

    /// <summary>The kernels' directories that items name, absolute: another project may be building such a kernel.</summary>
    public static IReadOnlyList<string> KernelDirectories(ITaskItem[] modules, Func<string, string> absolute) =>
        [.. modules.Select(static m => ItemMetadata.Get(m, KernelBuildDir)).OfType<string>().Select(absolute)];

    public static KernelModuleOptions Options(
        ITaskItem module, Func<string, string> absolute, TaskEnvironment environment, string make, int jobs, string compiler, string stateDirectory) => new()
        {
            ModuleDirectory = absolute(module.ItemSpec),
            WorkingDirectory = environment.ProjectDirectory.Value,
            KernelBuildDir = ItemMetadata.Get(module, KernelBuildDir),
            MakeArguments = ItemMetadata.Get(module, "MakeArguments"),
            Make = make,
            Jobs = jobs,
            Compiler = compiler.Length > 0 ? compiler : null,
            Environment = environment.GetEnvironmentVariables(),
            StateFile = StateFile(module, stateDirectory),
        };

    /// <summary>One file per module.</summary>
    public static string StateFile(ITaskItem module, string stateDirectory) =>
        Path.Combine(stateDirectory, IpaKbuildTask.StateName(module.ItemSpec));

    public static ITaskItem Built(ITaskItem module, KernelModuleResult result)
    {
        var item = ItemMetadata.Create(module.ItemSpec);
        ItemMetadata.Set(item, "TreeName", module.GetMetadata("TreeName"));
        ItemMetadata.Set(item, KernelBuildDir, result.Kernel?.BuildDirectory ?? "");
        ItemMetadata.Set(item, KernelSourceDir, result.Kernel?.SourceDirectory ?? "");
        return item;
    }
}
