using IpaAnalysis.Toolchain;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Builds out-of-tree kernel modules through kbuild, which decides what is up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaBuildKernelModules : IpaTask
{
    /// <summary>The modules' directories; metadata <c>KernelBuildDir</c>, <c>MakeArguments</c>, <c>TreeName</c>.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>make: a name in <c>PATH</c> or a path.</summary>
    [Required]
    public string Make { get; set; } = "";

    /// <summary>How many commands make may run at once.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>The compiler, only if the user chose one; else kbuild's own.</summary>
    public string Compiler { get; set; } = "";

    /// <summary>Where compilers' messages are kept for builds in which make has nothing to compile.</summary>
    [Required]
    public string StateDirectory { get; set; } = "";

    /// <summary>The modules that are built, with the kernel directories that were used.</summary>
    [Output]
    public ITaskItem[] BuiltModules { get; private set; } = [];

    /// <inheritdoc/>
    protected override void Run()
    {
        var built = new List<ITaskItem>();

        // Nothing is ever pruned in a module's directory: make would not write again a dump whose object is still there.
        var list = Files.OutputList.Load(Absolute(OutputList), ProjectDirectory);
        var outputs = list.FilesOf("modules").Where(File.Exists).ToHashSet(StringComparer.Ordinal);

        // Before make, as it may be interrupted.
        outputs.UnionWith(Modules.Select(m => KernelModuleItem.StateFile(m, Absolute(StateDirectory))));
        list.Replace("modules", outputs);
        foreach (var module in Modules)
        {
            var options = KernelModuleItem.Options(
                module, Absolute, TaskEnvironment, Make, Math.Max(1, Jobs), Compiler, Absolute(StateDirectory));
            var result = Build(options, outputs, list);
            foreach (var line in result.Log)
            {
                LogLow(line);
            }

            Report(result.Diagnostics);
            outputs.UnionWith(result.OutputFiles);

            // Who removes a call graph removes its object too, or make would take that for up to date.
            outputs.UnionWith(result.OutputFiles.Select(KernelModuleFiles.ObjectOfCallGraph).OfType<string>().Where(File.Exists));
            if (result.Succeeded)
            {
                built.Add(KernelModuleItem.Built(module, result));
                Log.LogMessage(
                    MessageImportance.Normal, "{0}", $"{module.ItemSpec}: make took {result.MakeTime.TotalSeconds.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)} s.");
            }
        }

        list.Replace("modules", outputs);
        BuiltModules = [.. built];
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
            list.Replace("modules", outputs);
        }
    }
}
