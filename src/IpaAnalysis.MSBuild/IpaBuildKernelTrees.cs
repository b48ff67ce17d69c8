using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Builds kernels' source trees through their own Makefile.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaBuildKernelTrees : IpaKbuildTask
{
    /// <summary>The source trees; metadata <c>OutputDir</c>, <c>MakeTargets</c>, <c>MakeArguments</c>, <c>TreeName</c>.</summary>
    public ITaskItem[] Trees { get; set; } = [];

    /// <summary>The trees that are built, with the directories of their objects.</summary>
    [Output]
    public ITaskItem[] BuiltTrees { get; private set; } = [];

    private protected override LockUse Use => LockUse.Continues;

    private protected override IReadOnlyList<string> LockedDirectories => [.. Trees.Select(t => KernelTreeItem.ObjectDirectory(t, Absolute))];

    /// <inheritdoc/>
    private protected override void RunLocked()
    {
        // Only what we remember is ours: the user named the trees, and Clean leaves them alone.
        if (!IsQuestion)
        {
            Files.OutputList.Load(Absolute(OutputList), ProjectDirectory)
                .Replace("trees", Trees.Select(Options).SelectMany(o => (string[])[o.StateFile, o.RecordFile]).ToHashSet(StringComparer.Ordinal));
        }

        var built = new List<ITaskItem>();
        foreach (var tree in Trees)
        {
            Progress.Subject = tree.ItemSpec;
            var result = KernelTreeBuilder.Build(Options(tree) with { Progress = Progress }, Cancellation);
            Report(tree, result);
            if (result.Succeeded)
            {
                built.Add(KernelTreeItem.Built(tree, result));
            }
        }

        BuiltTrees = [.. built];
    }

    private KernelTreeOptions Options(ITaskItem tree) => new()
    {
        SourceDirectory = Absolute(tree.ItemSpec),
        OutputDirectory = KernelTreeItem.Output(tree, Absolute),
        MakeTargets = ItemMetadata.Get(tree, "MakeTargets"),
        MakeArguments = ItemMetadata.Get(tree, "MakeArguments"),
        WorkingDirectory = ProjectDirectory,
        Make = Make,
        Jobs = Math.Max(1, Jobs),
        Compiler = Compiler.Length > 0 ? Compiler : null,
        Environment = TaskEnvironment.GetEnvironmentVariables(),
        OnlyAsks = IsQuestion,
        StateFile = KernelTreeItem.StateFile(tree, Absolute(StateDirectory)),
    };
}
