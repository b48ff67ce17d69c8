using IpaAnalysis.Building.Sources;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Items;
using IpaAnalysis.MSBuild.Locks;
using IpaAnalysis.Sessions;
using IpaAnalysis.Sessions.Reporting;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Compiles the project's C sources, each to an object with its dumps, as far as they are not up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCompileSources : IpaParallelTask
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

    private protected override void RunSession(SessionLog log, DiagnosticBag diagnostics)
    {
        var settings = Settings;
        var options = new SourceCompileOptions
        {
            Compiler = Compiler,
            CommonFlags = CompilerFlags,
            Sources = [.. Sources.Select(s => new SourceToCompile(s.ItemSpec, ItemMetadata.Get(s, "CompilerFlags"), ItemMetadata.Get(s, "ObjectName")))],
            SourceRoot = Absolute(SourceRoot),
            WorkingDirectory = settings.ProjectDirectory,
            OutputDirectory = Absolute(OutputDirectory),
            Jobs = settings.Jobs,
            OnlyAsks = settings.OnlyAsks,
            Progress = settings.Progress,
            Environment = settings.Environment,
        };
        CompiledSources = [.. new CompileSession(settings, log).Run(options, Cancellation).Select(CompiledSourceItem.Create)];
    }
}
