using System.Security.Cryptography;
using System.Text;
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
        var outputs = new List<string>();
        foreach (var module in Modules)
        {
            var options = KernelModuleItem.Options(module, Absolute, TaskEnvironment, Make, Math.Max(1, Jobs), Compiler) with
            {
                StateFile = Path.Combine(Absolute(StateDirectory), StateName(module.ItemSpec)),
            };
            var result = KernelModuleBuilder.Build(options, Cancellation);
            foreach (var line in result.Log)
            {
                LogLow(line);
            }

            Report(result.Diagnostics);
            outputs.AddRange(result.OutputFiles);
            outputs.Add(options.StateFile);
            if (result.Succeeded)
            {
                built.Add(KernelModuleItem.Built(module, result));
                Log.LogMessage(
                    MessageImportance.Normal, "{0}", $"{module.ItemSpec}: make took {result.MakeTime.TotalSeconds.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)} s.");
            }
        }

        Files.OutputList.Load(Absolute(OutputList), ProjectDirectory).Replace("modules", outputs);
        BuiltModules = [.. built];
    }

    // One file per module; a directory's name may be too long or too strange for a file name.
    private static string StateName(string module) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(module)).AsSpan(0, 8)) + ".state";
}
