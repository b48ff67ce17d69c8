using IpaAnalysis.Building.Sources;
using IpaAnalysis.Files;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Compiles the project's C sources, each to an object with its dumps, as far as they are not up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCompileSources : IpaLockedTask
{
    /// <summary>The sources; metadata <c>CompilerFlags</c> follows the common flags, <c>ObjectName</c> is the object's name in place of the source's.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The compiler: a name in <c>PATH</c> or a path.</summary>
    [Required]
    public string Compiler { get; set; } = "";

    /// <summary>Flags of every source.</summary>
    public string CompilerFlags { get; set; } = "";

    /// <summary>The directory that objects' names start from.</summary>
    [Required]
    public string SourceRoot { get; set; } = "";

    /// <summary>How many compilers may run at once.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>The directory for objects and dumps.</summary>
    [Required]
    public string OutputDirectory { get; set; } = "";

    /// <summary>The kernel trees that the next tasks build: no other build may change them until they are analysed.</summary>
    public ITaskItem[] KernelTrees { get; set; } = [];

    /// <summary>The directories of the modules that the next tasks build, likewise.</summary>
    public ITaskItem[] KernelModules { get; set; } = [];

    /// <summary>The objects that are there now, one item each.</summary>
    [Output]
    public ITaskItem[] CompiledSources { get; private set; } = [];

    private protected override LockUse Use => LockUse.Begins;

    private protected override IReadOnlyList<string> LockedDirectories =>
        [.. KernelTrees.Select(t => KernelTreeItem.ObjectDirectory(t, Absolute)), .. KernelModules.Select(m => Absolute(m.ItemSpec))];

    private protected override IReadOnlyList<string> ReadDirectories => KernelModuleItem.KernelDirectories(KernelModules, Absolute);

    /// <inheritdoc/>
    private protected override void RunLocked()
    {
        var list = Files.OutputList.Load(Absolute(OutputList), ProjectDirectory);
        if (Sources.Length == 0)
        {
            if (!IsQuestion)
            {
                list.Replace("compile", []);
            }

            return;
        }

        var result = Compile(list);
        foreach (var line in result.Reasons.Concat(result.Log))
        {
            LogLow(line);
        }

        Report(result.Diagnostics);

        // Without a compiler nothing was looked at, and what is there stays.
        if (result.Compiler is not null && !IsQuestion)
        {
            list.Replace("compile", result.OutputFiles);

            // Most were on the list; after the list was lost only the compiler's own record knows them.
            foreach (var orphan in result.Orphans)
            {
                OutputFile.Delete(orphan);
            }
        }

        if (!Log.HasLoggedErrors)
        {
            CompiledSources = [.. result.Sources.Select(CompiledSourceItem.Create)];
            Log.LogMessage(MessageImportance.Normal, "Compiled {0} of {1} C sources.", result.CompiledCount, Sources.Length);
        }
    }

    private SourceCompileResult Compile(Files.OutputList list)
    {
        var options = new SourceCompileOptions
        {
            Compiler = Compiler,
            CommonFlags = CompilerFlags,
            Sources = [.. Sources.Select(s => new SourceToCompile(s.ItemSpec, ItemMetadata.Get(s, "CompilerFlags"), ItemMetadata.Get(s, "ObjectName")))],
            SourceRoot = Absolute(SourceRoot),
            WorkingDirectory = ProjectDirectory,
            OutputDirectory = Absolute(OutputDirectory),
            Jobs = Math.Max(1, Jobs),
            OnlyAsks = IsQuestion,
            Progress = Progress,
            Environment = TaskEnvironment.GetEnvironmentVariables(),
        };
        try
        {
            return SourceCompiler.Compile(options, Cancellation);
        }
        catch (OperationCanceledException) when (Directory.Exists(options.OutputDirectory))
        {
            // What was compiled stays, and the directory is ours alone: Clean must know of all in it.
            list.Replace("compile", Directory.EnumerateFiles(options.OutputDirectory, "*", SearchOption.AllDirectories));
            throw;
        }
    }
}
