using IpaAnalysis.Archives;
using IpaAnalysis.Building.Sources;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Files.State;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Sessions.Steps;

namespace IpaAnalysis.Sessions;

/// <summary>Finds the units of all inputs and the files that tell about each, and keeps the list for the sessions after it.</summary>
internal sealed class CollectSession(SessionSettings settings, SessionLog log) : Session(settings, log)
{
    private const string ArchiveCategory = "archives";
    private const string OutputCategory = "collect";

    private readonly SessionFiles _files = new(settings.OutputList);

    /// <summary>Collects, or repeats what the last build collected if nothing changed.</summary>
    /// <param name="request">Whose units.</param>
    /// <param name="cancellation">Ends it early; what was kept stays.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="IOException">What is to be kept cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">What is to be kept may not be written.</exception>
    public CollectOutcome Run(CollectRequest request, CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        var reader = new ObjectTreeReader(_files.Archives, Settings.OnlyAsks, diagnostics);
        var trees = request.Built.Select(t => (t.Name, t.Options with { Threads = Settings.Jobs })).ToList();
        foreach (var tree in request.ObjectTrees)
        {
            if (reader.Read(tree, cancellation) is { } options)
            {
                trees.Add((tree.Name, options with { Roots = [.. options.Roots, request.SourceRoot], Threads = Settings.Jobs }));
            }
        }

        if (diagnostics.HasErrors)
        {
            Log.AddRange(diagnostics);
            return CollectOutcome.None;
        }

        if (!TakeArchives(reader.Archives))
        {
            return CollectOutcome.None;
        }

        var memory = CollectionMemory.Open(_files.Memory, Settings.Jobs, Settings.FullHash, cancellation);
        return Collect(new CollectInputs(request.SourceRoot, request.Compiled, trees, [.. diagnostics]), memory, cancellation);
    }

    private CollectOutcome Collect(CollectInputs inputs, CollectionMemory memory, CancellationToken cancellation)
    {
        var key = inputs.Key();
        var notes = CollectNotes.Read(memory.Notes);
        var change = ChangeOf(notes, key, memory);
        if (notes is null || change is { IsOnlyOfFiles: false })
        {
            return Settings.OnlyAsks && (Settings.FullHash || change!.IsOfTree) ? Compare(inputs, memory, notes, change!, cancellation)
                : Refuse(BuildStep.Collect, change!.File, change.Reason) ? CollectOutcome.None
                : CollectAnew(inputs, memory, key, change, cancellation);
        }

        // In a build that only asks, the analysis finds out whether the files say the same.
        if (change is not null)
        {
            Log.Detail($"{change.File}: {change.Reason}");
        }

        LogReasons(memory, change);
        Log.Note(StepRun.Of(BuildStep.Collect, change is null ? StepReason.Cached : StepReason.Unchanged, change?.ToString()));
        if (!Settings.OnlyAsks)
        {
            memory.Refresh(_files.Memory);
            KeepOutputs();
        }

        Log.Detail(notes.Log);
        Log.AddRange(notes.Diagnostics);
        Log.Say($"Collected {notes.UnitCount} units.");
        var unitsKey = CollectNotes.UnitsKey(notes.ListKey, memory);
        return new CollectOutcome(unitsKey, unitsKey.Length > 0 ? memory : null);
    }

    /// <summary>What makes another result possible; null when nothing does.</summary>
    private Change? ChangeOf(CollectNotes? notes, byte[] key, CollectionMemory memory)
    {
        if (notes is null)
        {
            return new Change(_files.Memory, Settings.FullHash ? "IpaFullHash asks for everything anew" : "nothing is remembered of an earlier build", false);
        }

        if (!notes.Key.AsSpan().SequenceEqual(key))
        {
            return new Change(Settings.ProjectFile, "other inputs or options are to be collected than the last time, or with another version of the package", false);
        }

        if (!memory.HasSameUnits)
        {
            return new Change(memory.FirstChange!.Value.File, memory.FirstChange.Value.Reason, false) { IsOfTree = true };
        }

        return !FileIdentity.TryGet(_files.Units, out var list) || list != notes.List
            ? new Change(_files.Units, list == default ? "it is gone" : "something else wrote it", false)
            : memory.FirstChange is { } first ? new Change(first.File, first.Reason, true) : null;
    }

    /// <summary>Tells why files are looked at again, except what was told.</summary>
    private void LogReasons(CollectionMemory memory, Change? told)
    {
        Log.Detail(memory.Reasons.Where(r => r != told?.ToString()));
    }

    private CollectOutcome CollectAnew(
        CollectInputs inputs, CollectionMemory memory, byte[] key, Change change, CancellationToken cancellation)
    {
        LogReasons(memory, change);
        var lines = new List<string>();
        var collected = UnitsOf(inputs, memory, lines, cancellation);
        Log.Detail(lines);
        Log.AddRange(collected.Diagnostics);
        if (Log.HasErrors)
        {
            return CollectOutcome.None;
        }

        var before = StateFile.ReadChecksum(_files.Units);
        collected.Write(_files.Units);
        FileIdentity.TryGet(_files.Units, out var list);
        var notes = new CollectNotes(key, list, StateFile.ReadChecksum(_files.Units), collected.Units.Count, collected.Diagnostics, lines);
        memory.Write(_files.Memory, collected.Units, notes.ToBytes());
        KeepOutputs();
        var reason = before.Length == 0 ? StepReason.New : before.AsSpan().SequenceEqual(notes.ListKey) ? StepReason.Unchanged : StepReason.Modified;
        Log.Note(StepRun.Of(BuildStep.Collect, reason, change.ToString()));
        Log.Say($"Collected {collected.Units.Count} units.");
        return new CollectOutcome(CollectNotes.UnitsKey(notes.ListKey, memory), null);
    }

    /// <summary>Collects without writing, for a build that only asks.</summary>
    private CollectOutcome Compare(CollectInputs inputs, CollectionMemory memory, CollectNotes? notes, Change change, CancellationToken cancellation)
    {
        var collected = UnitsOf(inputs, memory, [], cancellation);
        Log.AddRange(collected.Diagnostics);
        if (!collected.IsIn(_files.Units))
        {
            Refuse(
                BuildStep.Collect,
                Settings.FullHash ? _files.Units : change.File,
                Settings.FullHash ? "other units are there than those it lists" : change.Reason);
            return CollectOutcome.None;
        }

        if (notes is null)
        {
            return CollectOutcome.None;
        }

        LogReasons(memory, null);
        return new CollectOutcome(CollectNotes.UnitsKey(notes.ListKey, memory), null);
    }

    private void KeepOutputs() => LoadOutputs().Replace(OutputCategory, [_files.Units, _files.Memory]);

    private static CollectedUnits UnitsOf(CollectInputs inputs, CollectionMemory memory, List<string> lines, CancellationToken cancellation)
    {
        var diagnostics = new DiagnosticBag();
        diagnostics.AddRange(inputs.Problems);
        var roots = new List<string>();
        var groups = new List<UnitGroup> { CompiledGroup(inputs.Compiled, memory.Map([inputs.SourceRoot]), diagnostics) };
        foreach (var (name, options) in inputs.Trees)
        {
            var tree = TreeCollector.Collect(options, memory, cancellation);
            diagnostics.AddRange(tree.Diagnostics);
            roots.Add(options.Directory);
            roots.AddRange(new[] { options.SourceDirectory }.OfType<string>().Concat(options.Roots));
            lines.Add($"{name}: {tree.Units.Length} units; not units: {tree.NotUnits.Describe()}");
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

    private static UnitGroup CompiledGroup(IReadOnlyList<CompiledSource> sources, SourcePathMap paths, DiagnosticBag diagnostics)
    {
        var units = sources.Select(s => UnitOf(s, paths)).ToArray();
        foreach (var unit in units.Where(u => u.DumpPath is null))
        {
            diagnostics.Add(DiagnosticCatalog.UnitWithoutDump.At(
                unit.SourcePath,
                0,
                $"The compiler left no clone dump for {unit.Object}. Let IpaCompiler name GCC itself, not a caching wrapper."));
        }

        return new UnitGroup("IpaSource", [.. units]);
    }

    private static Unit UnitOf(CompiledSource source, SourcePathMap paths)
    {
        var command = RecordedCommand.Of([.. source.Command], source.WorkingDirectory);
        return new Unit
        {
            Object = source.Object,
            ObjectPath = source.ObjectPath,
            DumpPath = source.DumpPath,
            CallGraphPath = source.CallGraphPath,
            FoldingRecordPath = source.FoldingRecordPath,
            SourcePath = source.SourcePath,
            WorkingDirectory = source.WorkingDirectory,
            Paths = paths,
            Command = command,
            Options = RecordedOptions.From(command, OptionOrigin.OwnCompile, isTrusted: true),
        };
    }

    /// <summary>Keeps the archives that are unpacked and removes all others; false when a build that only asks would unpack one.</summary>
    private bool TakeArchives(IReadOnlyList<TreeArchive> archives)
    {
        if (Settings.OnlyAsks)
        {
            return !archives.Any(a => a.IsNew && Refuse(BuildStep.Collect, a.Directory!, "the archive is not unpacked"));
        }

        Log.Detail(archives.Select(static a => $"{a.Directory}: {(a.IsNew ? "unpacked" : "unpacked earlier")}"));

        string[] kept = [.. archives.Select(static a => a.StateFile!).Distinct(StringComparer.Ordinal)];
        var list = LoadOutputs();
        if (kept.Length > 0 || list.FilesOf(ArchiveCategory).Count > 0)
        {
            TreeArchive.Remove(_files.Archives, kept);
            list.Replace(ArchiveCategory, kept);
        }

        return true;
    }

    /// <summary>A reason to collect.</summary>
    /// <param name="File">The file it concerns.</param>
    /// <param name="Reason">What is with it.</param>
    /// <param name="IsOnlyOfFiles">Whether the list of units is the same, and only a file in it is another.</param>
    private sealed record Change(string File, string Reason, bool IsOnlyOfFiles)
    {
        /// <inheritdoc/>
        public override string ToString() => $"{File}: {Reason}";

        /// <summary>Whether an answer of the file system about the trees is another one, so that other units are possible.</summary>
        public bool IsOfTree { get; init; }
    }
}
