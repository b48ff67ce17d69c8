using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild.Items;

/// <summary>An <c>IpaKernelTree</c> item as the library takes it, and a built one as the collecting task takes it.</summary>
internal static class KernelTreeItem
{
    private const string OutputDir = nameof(OutputDir);
    private const string WorkingDir = nameof(WorkingDir);

    /// <summary>One file per output directory: a tree may be built into several.</summary>
    public static string StateFile(ITaskItem tree, string stateDirectory) =>
        SessionFiles.OfInput(stateDirectory, $"{tree.ItemSpec}\n{tree.GetMetadata(OutputDir)}");

    public static KernelTreeOptions Options(
        ITaskItem tree, SessionSettings settings, string make, string compiler, Func<string, string> absolute, string stateDirectory) => new()
        {
            SourceDirectory = absolute(tree.ItemSpec),
            OutputDirectory = Output(tree, absolute),
            MakeTargets = ItemMetadata.Get(tree, "MakeTargets"),
            MakeArguments = ItemMetadata.Get(tree, "MakeArguments"),
            WorkingDirectory = settings.ProjectDirectory,
            Make = make,
            Jobs = settings.Jobs,
            Compiler = compiler.Length > 0 ? compiler : null,
            Environment = settings.Environment,
            OnlyAsks = settings.OnlyAsks,
            StateFile = StateFile(tree, stateDirectory),
        };

    public static ITaskItem Built(ITaskItem tree, KernelTreeResult result)
    {
        var item = ItemMetadata.Create(tree.ItemSpec);
        ItemMetadata.Set(item, "TreeName", tree.GetMetadata("TreeName"));
        ItemMetadata.Set(item, OutputDir, tree.GetMetadata(OutputDir));
        ItemMetadata.Set(item, WorkingDir, result.OutputDirectory);
        return item;
    }

    /// <summary>Its objects are found as those of an object tree whose sources and commands are known.</summary>
    public static TreeOptions Collected(ITaskItem built, Func<string, string> absolute, string sourceRoot) => new()
    {
        Directory = ObjectDirectory(built, absolute),
        TreeName = ItemMetadata.Get(built, "TreeName"),
        SourceDirectory = absolute(built.ItemSpec),
        Roots = [sourceRoot],
        WorkingDirectory = ItemMetadata.Get(built, WorkingDir),

        // make has just run all that the tree names.
        TrustsCommands = true,
    };

    /// <summary>The directory that make writes in.</summary>
    public static string ObjectDirectory(ITaskItem tree, Func<string, string> absolute) => Output(tree, absolute) ?? absolute(tree.ItemSpec);

    public static string? Output(ITaskItem tree, Func<string, string> absolute) =>
        ItemMetadata.Get(tree, OutputDir) is { } directory ? absolute(directory) : null;
}
