using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Items;

/// <summary>An <c>IpaKernelModule</c> item as the library takes it, and a built one as the collecting task takes it.</summary>
internal static class KernelModuleItem
{
    public const string KernelBuildDir = nameof(KernelBuildDir);
    public const string KernelSourceDir = nameof(KernelSourceDir);

    /// <summary>The kernels' directories that items name, absolute: another project may be building such a kernel.</summary>
    public static IReadOnlyList<string> KernelDirectories(ITaskItem[] modules, Func<string, string> absolute) =>
        [.. modules.Select(static m => ItemMetadata.Get(m, KernelBuildDir)).OfType<string>().Select(absolute)];

    public static KernelModuleOptions Options(ITaskItem module, SessionSettings settings, string make, string compiler, string stateDirectory) => new()
    {
        ModuleDirectory = Path.GetFullPath(module.ItemSpec, settings.ProjectDirectory),
        WorkingDirectory = settings.ProjectDirectory,
        KernelBuildDir = ItemMetadata.Get(module, KernelBuildDir),
        MakeArguments = ItemMetadata.Get(module, "MakeArguments"),
        Make = make,
        Jobs = settings.Jobs,
        Compiler = compiler.Length > 0 ? compiler : null,
        Environment = settings.Environment,
        OnlyAsks = settings.OnlyAsks,
        StateFile = StateFile(module, stateDirectory),
    };

    /// <summary>One file per module.</summary>
    public static string StateFile(ITaskItem module, string stateDirectory) => SessionFiles.OfInput(stateDirectory, module.ItemSpec);

    public static ITaskItem Built(ITaskItem module, KernelModuleResult result)
    {
        var item = ItemMetadata.Create(module.ItemSpec);
        ItemMetadata.Set(item, "TreeName", module.GetMetadata("TreeName"));
        ItemMetadata.Set(item, KernelBuildDir, result.Kernel?.BuildDirectory ?? "");
        ItemMetadata.Set(item, KernelSourceDir, result.Kernel?.SourceDirectory ?? "");
        return item;
    }

    /// <summary>How its objects are collected.</summary>
    public static TreeOptions Collected(ITaskItem built, Func<string, string> absolute, string sourceRoot)
    {
        var buildDirectory = ItemMetadata.Get(built, KernelBuildDir);
        var directory = absolute(built.ItemSpec);
        return new TreeOptions
        {
            Directory = directory,
            TreeName = ItemMetadata.Get(built, "TreeName"),
            SourceDirectory = directory,
            Roots = [.. new[] { buildDirectory, ItemMetadata.Get(built, KernelSourceDir), sourceRoot }.OfType<string>()],
            WorkingDirectory = buildDirectory,

            // make has just run all that the kernel tree names.
            TrustsCommands = true,
        };
    }
}
