using IpaAnalysis.Diagnostics;
using IpaAnalysis.Toolchain;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Removes what the package made, and has kbuild remove what it made.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCleanOutputs : IpaTask
{
    /// <summary>The package's directory under the intermediate directory.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>The modules' directories.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>make: a name in <c>PATH</c> or a path.</summary>
    [Required]
    public string Make { get; set; } = "";

    /// <summary>The compiler, only if the user chose one.</summary>
    public string Compiler { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        // kbuild first: without its objects our list of dumps is what is left.
        foreach (var module in Modules.Where(WasBuilt))
        {
            var options = KernelModuleItem.Options(module, Absolute, TaskEnvironment, Make, 1, Compiler);
            var result = KernelModuleBuilder.Clean(options, Cancellation);
            foreach (var line in result.Log)
            {
                LogLow(line);
            }

            Report(result.Diagnostics);
        }

        var left = Files.OutputList.Load(Absolute(OutputList), ProjectDirectory).DeleteAll();
        foreach (var file in left)
        {
            Report(DiagnosticCatalog.OutputNotWritten.At(file, 0, "The file cannot be deleted. Check the permissions of its directory."));
        }

        RemoveEmpty(Absolute(Directory));
    }

    /// <summary>Whether kbuild has left something: its <c>clean</c> needs the kernel's headers, which a clean tree does not.</summary>
    private bool WasBuilt(ITaskItem module)
    {
        var directory = Absolute(module.ItemSpec);
        return System.IO.Directory.Exists(directory)
            && System.IO.Directory.EnumerateFiles(directory, ".*.cmd", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true }).Any();
    }

    private static void RemoveEmpty(string directory)
    {
        if (!System.IO.Directory.Exists(directory))
        {
            return;
        }

        foreach (var child in System.IO.Directory.GetDirectories(directory))
        {
            RemoveEmpty(child);
        }

        if (!System.IO.Directory.EnumerateFileSystemEntries(directory).Any())
        {
            System.IO.Directory.Delete(directory);
        }
    }
}
