using IpaAnalysis.Archives;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;
using IpaAnalysis.Impact;
using Microsoft.Build.Framework;

namespace IpaAnalysis.MSBuild;

/// <summary>Finds the units of all inputs and the files that tell about each, and keeps the list for the next tasks.</summary>
[MSBuildMultiThreadableTask]
public sealed class IpaCollectUnits : IpaLockedTask
{
    /// <summary>What <see cref="IpaCompileSources"/> compiled.</summary>
    public ITaskItem[] CompiledSources { get; set; } = [];

    /// <summary>What <see cref="IpaBuildKernelModules"/> built.</summary>
    public ITaskItem[] Modules { get; set; } = [];

    /// <summary>What <see cref="IpaBuildKernelTrees"/> built.</summary>
    public ITaskItem[] KernelTrees { get; set; } = [];

    /// <summary>Directories that something else compiled, or archives of them; metadata <c>SourceDir</c>, <c>WorkingDirectory</c>, <c>TreeName</c>, <c>TrustCommands</c>.</summary>
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

    /// <summary>Whether all is listed and read again, whatever the time stamps say: <c>true</c> or <c>false</c>.</summary>
    public string FullHash { get; set; } = "";

    /// <summary>Changes whenever a unit or a file of one does; empty when a change might not show.</summary>
    [Output]
    public string UnitsKey { get; private set; } = "";

    private bool _fullHash;

    private string List => Absolute(UnitsFile);

    private string ArchivesDirectory => ObjectTreeItems.ArchivesDirectory(Path.GetDirectoryName(Absolute(OutputList))!);

    private string Memory => CollectedUnits.MemoryFile(List);

    private protected override LockUse Use => LockUse.Continues;

    /// <inheritdoc/>
    private protected override void RunLocked()
    {
        var sourceRoot = Absolute(SourceRoot);
        var diagnostics = new DiagnosticBag();
        _fullHash = AnalysisInputs.Flag(FullHash.Length > 0 ? FullHash : null, "IpaFullHash", diagnostics);
        var trees = Modules.Select(m => (m.ItemSpec, ModuleOptions(m, sourceRoot)))
            .Concat(KernelTrees.Select(t => (t.ItemSpec, KernelTreeItem.Collected(t, Absolute, sourceRoot, Jobs))))
            .ToList();
        var objectTrees = new ObjectTreeItems(Absolute, ArchivesDirectory, IsQuestion, diagnostics);
        foreach (var tree in ObjectTrees)
        {
            if (objectTrees.Read(tree, Cancellation) is { } options)
            {
                trees.Add((tree.ItemSpec, options with
                {
                    Roots = [.. options.Roots, sourceRoot],
                    CompileCommandsFile = CompileCommands.Length > 0 ? Absolute(CompileCommands) : null,
                    Threads = Jobs,
                }));
            }
        }

        if (diagnostics.HasErrors)
        {
            Report(diagnostics);
            return;
        }

        if (!TakeArchives(objectTrees.Archives))
        {
            return;
        }

        var inputs = new CollectInputs(sourceRoot, CompiledSources, trees, [.. diagnostics]);
        var memory = CollectionMemory.Open(Memory, Jobs, _fullHash, Cancellation);
        Collect(inputs, memory);
    }

    private void Collect(CollectInputs inputs, CollectionMemory memory)
    {
        var key = inputs.Key();
        var notes = CollectNotes.Read(memory.Notes);
        var change = ChangeOf(notes, key, memory);
        if (notes is null || change is { IsOnlyOfFiles: false })
        {
            if (IsQuestion && (_fullHash || change!.IsOfTree))
            {
                Compare(inputs, memory, notes, change!);
            }
            else if (!RefuseWork(change!.File, change.Reason))
            {
                LogReasons(memory, change);
                CollectAnew(inputs, memory, key);
            }

            return;
        }

        // In a build that only asks, the analysis finds out whether the files say the same.
        if (change is not null)
        {
            LogLow($"{change.File}: {change.Reason}");
        }

        LogReasons(memory, change);
        if (!IsQuestion)
        {
            memory.Refresh(Memory);
            KeepOutputs();
        }

        Repeat(notes, memory);
    }

    /// <summary>What makes another result possible; null when nothing does.</summary>
    private Change? ChangeOf(CollectNotes? notes, byte[] key, CollectionMemory memory)
    {
        if (notes is null)
        {
            return new Change(Memory, _fullHash ? "IpaFullHash asks for everything anew" : "nothing is remembered of an earlier build", false);
        }

        if (!notes.Key.AsSpan().SequenceEqual(key))
        {
            return new Change(ProjectFile, "other inputs or options are to be collected than the last time, or with another version of the package", false);
        }

        if (!memory.HasSameUnits)
        {
            return new Change(memory.FirstChange!.Value.File, memory.FirstChange.Value.Reason, false) { IsOfTree = true };
        }

        return !FileIdentity.TryGet(List, out var list) || list != notes.List
            ? new Change(List, list == default ? "it is gone" : "something else wrote it", false)
            : memory.FirstChange is { } first ? new Change(first.File, first.Reason, true) : null;
    }

    /// <summary>Tells why files are looked at again, except what was told.</summary>
    private void LogReasons(CollectionMemory memory, Change? told)
    {
        foreach (var reason in memory.Reasons.Where(r => r != $"{told?.File}: {told?.Reason}"))
        {
            LogLow(reason);
        }
    }

    private void Repeat(CollectNotes notes, CollectionMemory memory)
    {
        foreach (var line in notes.Log)
        {
            LogLow(line);
        }

        Report(notes.Diagnostics);
        SetKey(notes.ListKey, memory);
        if (UnitsKey.Length > 0)
        {
            Leave(CollectedUnits.NameOfMemory(List, UnitsKey), memory);
        }

        Log.LogMessage(MessageImportance.Normal, "Collected {0} units.", notes.UnitCount);
    }

    private void CollectAnew(CollectInputs inputs, CollectionMemory memory, byte[] key)
    {
        var log = new List<string>();
        var collected = UnitsOf(inputs, memory, log);
        log.ForEach(LogLow);
        Report(collected.Diagnostics);
        if (Log.HasLoggedErrors)
        {
            return;
        }

        collected.Write(List);
        FileIdentity.TryGet(List, out var list);
        var notes = new CollectNotes(key, list, StateFile.ReadChecksum(List), collected.Units.Count, collected.Diagnostics, log);
        memory.Write(Memory, collected.Units, notes.ToBytes());
        KeepOutputs();
        SetKey(notes.ListKey, memory);
        Log.LogMessage(MessageImportance.Normal, "Collected {0} units.", collected.Units.Count);
    }

    /// <summary>Collects without writing, for a build that only asks.</summary>
    private void Compare(CollectInputs inputs, CollectionMemory memory, CollectNotes? notes, Change change)
    {
        var collected = UnitsOf(inputs, memory, []);
        Report(collected.Diagnostics);
        if (!collected.IsIn(List))
        {
            RefuseWork(_fullHash ? List : change.File, _fullHash ? "other units are there than those it lists" : change.Reason);
        }
        else if (notes is not null)
        {
            LogReasons(memory, null);
            SetKey(notes.ListKey, memory);
        }
    }

    /// <summary>A key of list and files, or none when the files' states prove nothing.</summary>
    private void SetKey(byte[] listKey, CollectionMemory memory) =>
        UnitsKey = CollectNotes.UnitsKey(listKey, memory);

    private void KeepOutputs() => Files.OutputList.Load(Absolute(OutputList), ProjectDirectory).Replace("collect", [List, Memory]);

    private CollectedUnits UnitsOf(CollectInputs inputs, CollectionMemory memory, List<string> log)
    {
        var diagnostics = new DiagnosticBag();
        diagnostics.AddRange(inputs.Problems);
        var roots = new List<string>();
        var groups = new List<UnitGroup> { CompiledGroup(memory.Map([inputs.SourceRoot]), diagnostics) };
        foreach (var (name, options) in inputs.Trees)
        {
            var tree = TreeCollector.Collect(options, memory, Cancellation);
            diagnostics.AddRange(tree.Diagnostics);
            roots.Add(options.Directory);
            roots.AddRange(new[] { options.SourceDirectory }.OfType<string>().Concat(options.Roots));
            log.Add($"{name}: {tree.Units.Length} units; not units: {tree.NotUnits.Describe()}");
            groups.Add(new UnitGroup(name, tree.Units));
        }

        var set = UnitSet.Merge(groups);
        diagnostics.AddRange(set.Diagnostics);
        roots.Add(inputs.SourceRoot);
        var untrusted = inputs.Trees.Select(static t => t.Options).Where(static o => !o.TrustsCommands)
            .SelectMany(static o => new[] { o.Directory, o.SourceDirectory }.OfType<string>());
        return new CollectedUnits(
            set.Units, [.. diagnostics], [.. roots.Distinct(StringComparer.Ordinal)], [.. untrusted.Distinct(StringComparer.Ordinal)]);
    }

    private UnitGroup CompiledGroup(SourcePathMap paths, DiagnosticBag diagnostics)
    {
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

    /// <summary>Keeps the archives that are unpacked and removes all others; false when a build that only asks would unpack one.</summary>
    private bool TakeArchives(IReadOnlyList<TreeArchive> archives)
    {
        if (IsQuestion)
        {
            return !archives.Any(a => a.IsNew && RefuseWork(a.Directory!, "the archive is not unpacked"));
        }

        foreach (var archive in archives)
        {
            LogLow($"{archive.Directory}: {(archive.IsNew ? "unpacked" : "unpacked earlier")}");
        }

        string[] kept = [.. archives.Select(static a => a.StateFile!).Distinct(StringComparer.Ordinal)];
        var list = Files.OutputList.Load(Absolute(OutputList), ProjectDirectory);
        if (kept.Length > 0 || list.FilesOf("archives").Count > 0)
        {
            TreeArchive.Remove(ArchivesDirectory, kept);
            list.Replace("archives", kept);
        }

        return true;
    }

    /// <summary>A reason to collect.</summary>
    /// <param name="File">The file it concerns.</param>
    /// <param name="Reason">What is with it.</param>
    /// <param name="IsOnlyOfFiles">Whether the list of units is the same, and only a file in it is another.</param>
    private sealed record Change(string File, string Reason, bool IsOnlyOfFiles)
    {
        /// <summary>Whether an answer of the file system about the trees is another one, so that other units are possible.</summary>
        public bool IsOfTree { get; init; }
    }
}
