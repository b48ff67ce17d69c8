using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Builds out-of-tree kernel modules through kbuild, which decides what is up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaBuildKernelModules : IpaKbuildTask
{
    /// <summary>The modules' directories; metadata <c>KernelBuildDir</c>, <c>MakeArguments</c>, <c>TreeName</c>.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>The modules that are built, with the kernel directories that were used.</summary>
    [Output]
    public ITaskItem[] BuiltModules { get; private set; } = [];

    private protected override LockUse Use => LockUse.Continues;

    private protected override IReadOnlyList<string> LockedDirectories => [.. Modules.Select(m => Absolute(m.ItemSpec))];

    private protected override IReadOnlyList<string> ReadDirectories => KernelModuleItem.KernelDirectories(Modules, Absolute);

    /// <inheritdoc/>
    private protected override void RunLocked()
    {
        var built = new List<ITaskItem>();

        // Nothing is ever pruned in a module's directory: make would not write again a dump whose object is still there.
        var list = Files.OutputList.Load(Absolute(OutputList), ProjectDirectory);
        var outputs = list.FilesOf("modules").Where(File.Exists).ToHashSet(StringComparer.Ordinal);

        // Before make, as it may be interrupted.
        outputs.UnionWith(Modules.Select(Options).SelectMany(o => (string[])[o.StateFile, o.RecordFile]));
        Keep(list, outputs);
        foreach (var module in Modules)
        {
            Progress.Subject = module.ItemSpec;
            var result = Build(Options(module) with { Progress = Progress }, outputs, list);
            Report(module, result);
            outputs.UnionWith(result.OutputFiles);

            // Who removes a call graph removes its object too, or make would take that for up to date.
            outputs.UnionWith(result.OutputFiles.Select(KernelModuleFiles.ObjectOfCallGraph).OfType<string>().Where(File.Exists));
            if (result.Succeeded)
            {
                built.Add(KernelModuleItem.Built(module, result));
            }
        }

        Keep(list, outputs);
        BuiltModules = [.. built];
    }

    private KernelModuleOptions Options(ITaskItem module) =>
        KernelModuleItem.Options(module, Absolute, TaskEnvironment, Make, Math.Max(1, Jobs), Compiler, Absolute(StateDirectory)) with { OnlyAsks = IsQuestion };

    private void Keep(Files.OutputList list, HashSet<string> outputs)
    {
        if (!IsQuestion)
        {
            list.Replace("modules", outputs);
        }
    }

    private KernelModuleResult Build(KernelModuleOptions options, HashSet<string> outputs, Files.OutputList list)
    {
        var before = KernelModuleFiles.FindAll(options.ModuleDirectory);
        try
        {
            return KernelModuleBuilder.Build(options, Cancellation);
        }
        finally
        {
            // A compile that failed or was interrupted leaves files beside which no object tells whose they are.
            outputs.UnionWith(KernelModuleFiles.FindAll(options.ModuleDirectory).Except(before));
            Keep(list, outputs);
        }
    }
}
