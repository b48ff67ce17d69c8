using IpaAnalysis.Collection;
using IpaAnalysis.Diagnostics;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Finds the units of all inputs and the files that tell about each, and keeps the list for the next tasks.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCollectUnits : IpaTask
{
    /// <summary>What <see cref="IpaCompileSources"/> compiled.</summary>
    public ITaskItem[] CompiledSources { get; set; } = [];

    /// <summary>What <see cref="IpaBuildKernelModules"/> built.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>What <see cref="IpaBuildKernelTrees"/> built.</summary>
    public ITaskItem[] KernelTrees { get; set; } = [];

    /// <summary>Directories that something else compiled; metadata <c>SourceDir</c>, <c>TreeName</c>, <c>TrustCommands</c>.</summary>
    public ITaskItem[] ObjectTrees { get; set; } = [];

    /// <summary>The last root that source paths may be relative to.</summary>
    [Required]
    public string SourceRoot { get; set; } = "";

    /// <summary>A <c>compile_commands.json</c> for all trees; empty for the one in each tree, if it is there.</summary>
    public string CompileCommands { get; set; } = "";

    /// <summary>How many threads may read.</summary>
    public int Jobs { get; set; } = 1;

    /// <summary>Where the list is kept.</summary>
    [Required]
    public string UnitsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override void Run()
    {
        var sourceRoot = Absolute(SourceRoot);
        var diagnostics = new DiagnosticBag();
        var roots = new List<string>();
        var groups = new List<UnitGroup> { CompiledGroup(sourceRoot, diagnostics) };
        foreach (var module in Modules)
        {
            groups.Add(Collect(ModuleOptions(module, sourceRoot), module.ItemSpec, diagnostics, roots));
        }

        foreach (var tree in KernelTrees)
        {
            groups.Add(Collect(KernelTreeItem.Collected(tree, Absolute, sourceRoot, Jobs), tree.ItemSpec, diagnostics, roots));
        }

        foreach (var tree in ObjectTrees)
        {
            if (TreeOptionsOf(tree, sourceRoot, diagnostics) is { } options)
            {
                groups.Add(Collect(options, tree.ItemSpec, diagnostics, roots));
            }
        }

        var set = UnitSet.Merge(groups);
        diagnostics.AddRange(set.Diagnostics);
        roots.Add(sourceRoot);
        Report(diagnostics);
        if (!Log.HasLoggedErrors)
        {
            var collected = new CollectedUnits(set.Units, [.. diagnostics], [.. roots.Distinct(StringComparer.Ordinal)]);
            collected.Write(Absolute(UnitsFile));
            Files.OutputList.Load(Absolute(OutputList), ProjectDirectory).Replace("collect", [Absolute(UnitsFile)]);
            Log.LogMessage(MessageImportance.Normal, "Collected {0} units.", set.Units.Length);
        }
    }

    private UnitGroup CompiledGroup(string sourceRoot, DiagnosticBag diagnostics)
    {
        var paths = new SourcePathMap([sourceRoot]);
        var units = CompiledSources.Select(s => CompiledSourceItem.ToUnit(s, paths)).ToArray();
        foreach (var unit in units.Where(u => u.DumpPath is null))
        {
            diagnostics.Add(DiagnosticCatalog.UnitWithoutDump.At(
                unit.SourcePath,
                0,
                $"The compiler left no clone dump for {unit.Object}. Let IpaCompiler name GCC itself, not a caching wrapper."));
        }

        return new UnitGroup("IpaSource", [.. units]);
    }

    private TreeOptions ModuleOptions(ITaskItem module, string sourceRoot)
    {
        var buildDirectory = ItemMetadata.Get(module, "KernelBuildDir");
        var directory = Absolute(module.ItemSpec);
        return new TreeOptions
        {
            Directory = directory,
            TreeName = ItemMetadata.Get(module, "TreeName"),
            SourceDirectory = directory,
            Roots = [.. new[] { buildDirectory, ItemMetadata.Get(module, "KernelSourceDir"), sourceRoot }.OfType<string>()],
            WorkingDirectory = buildDirectory,

            // make has just run all that the kernel tree names.
            TrustsCommands = true,
            Threads = Jobs,
        };
    }

    private TreeOptions? TreeOptionsOf(ITaskItem tree, string sourceRoot, DiagnosticBag diagnostics)
    {
        var directory = Absolute(tree.ItemSpec);
        if (!Directory.Exists(directory))
        {
            diagnostics.Add(DiagnosticCatalog.DirectoryNotFound.At(
                $"The IpaObjectTree directory '{tree.ItemSpec}' does not exist. Compile the tree first, or correct the path."));
            return null;
        }

        var sourceDirectory = ItemMetadata.Get(tree, "SourceDir") is { } source ? Absolute(source) : null;
        return new TreeOptions
        {
            Directory = directory,
            TreeName = ItemMetadata.Get(tree, "TreeName"),
            SourceDirectory = sourceDirectory,
            Roots = [sourceRoot],
            TrustsCommands = AnalysisInputs.Flag(ItemMetadata.Get(tree, "TrustCommands"), $"TrustCommands of IpaObjectTree '{tree.ItemSpec}'", diagnostics),
            CompileCommandsFile = CompileCommands.Length > 0 ? Absolute(CompileCommands) : null,
            Threads = Jobs,
        };
    }

    private UnitGroup Collect(TreeOptions options, string name, DiagnosticBag diagnostics, List<string> roots)
    {
        var tree = TreeCollector.Collect(options, Cancellation);
        diagnostics.AddRange(tree.Diagnostics);
        roots.Add(options.Directory);
        roots.AddRange(new[] { options.SourceDirectory }.OfType<string>().Concat(options.Roots));
        LogLow($"{name}: {tree.Units.Length} units; not units: {tree.NotUnits.Describe()}");
        return new UnitGroup(name, tree.Units);
    }
}
