using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;

namespace IpaAnalysis.Collection.Pairing;

/// <summary>Lists what may be a unit, each with its recorded command.</summary>
internal sealed class CandidateFinder(
    TreeListing tree, TreeOptions options, TreeObserver observer, DiagnosticLimit diagnostics, CancellationToken cancellation)
{
    private const string CompileCommandsName = "compile_commands.json";

    /// <summary>Every object of the tree; where there is none at all, one per dump.</summary>
    public List<Candidate> Find()
    {
        var hasObjects = tree.HasObjects;
        var candidates = tree.Directories.Values
            .SelectMany(d => hasObjects ? d.Objects.Select(name => new Candidate(d, name)) : FromDumps(d))
            .OrderBy(static c => c.RelativePath, Utf8Order.Instance)
            .ToList();
        ReadKbuildCommands(candidates);
        if (candidates.Exists(LacksCommandOrPlace))
        {
            ReadCompileCommands(candidates);
        }

        foreach (var candidate in candidates)
        {
            if (candidate.Command is { } command)
            {
                Place(candidate, command);
            }
        }

        return candidates;
    }

    private IEnumerable<Candidate> FromDumps(DirectoryListing directory)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (dumpBase, name) in directory.Dumps)
        {
            if (ArtifactName.IsLinkTimeDump(dumpBase) || AssemblyOnly.Is(tree, directory, dumpBase))
            {
                continue;
            }

            var stem = dumpBase;
            if (stem.StartsWith(ArtifactName.TemporaryPrefix, StringComparison.Ordinal) && !directory.Dumps.ContainsKey(stem[ArtifactName.TemporaryPrefix.Length..]))
            {
                stem = stem[ArtifactName.TemporaryPrefix.Length..];
            }

            var objectName = UnixPath.StemOf(stem) + ".o";
            objectName = used.Add(objectName) ? objectName : stem + ".o";
            used.Add(objectName);
            yield return new Candidate(directory, objectName) { HasObject = false, DumpPath = directory.PathOf(name), DumpBase = dumpBase };
        }
    }

    private void ReadKbuildCommands(List<Candidate> candidates)
    {
        var recorded = candidates.Where(static c => c.Directory.RecordedTargets.Contains(c.Name)).ToArray();
        var read = new RecordedCommands[recorded.Length];
        Parallel.For(0, recorded.Length, options.Parallel(cancellation), i =>
        {
            var candidate = recorded[i];
            var file = candidate.Directory.PathOf($".{candidate.Name}{ArtifactName.Command}");
            read[i] = observer.KbuildCommand(file);
            candidate.Command = read[i].Commands is [var command] ? command : null;
            candidate.CommandFile = candidate.Command is null ? null : file;
        });
        foreach (var commands in read)
        {
            diagnostics.AddRange(commands.Diagnostics);
        }
    }

    private void ReadCompileCommands(List<Candidate> candidates)
    {
        var file = options.CompileCommandsFile;
        if (file is null)
        {
            file = Path.Combine(tree.Path, CompileCommandsName);
            if (!observer.FileExists(file) && !IsSomethingElse(CompileCommandsName))
            {
                return;
            }
        }

        var waiting = candidates.Where(LacksCommandOrPlace).ToDictionary(static c => c.RelativePath, StringComparer.Ordinal);
        var read = observer.CompileCommands(file);
        var unused = new List<CompileCommand>();
        foreach (var entry in read.Commands.Cast<CompileCommand>())
        {
            if (!tree.TryLocate(entry.ObjectFile, out var directory, out var name))
            {
                continue;
            }

            // The first entry of an object wins, so that a repeated one changes nothing.
            if (!waiting.Remove(directory.RelativePathOf(name), out var candidate))
            {
                unused.Add(entry);
            }
            else if (candidate.Command is null)
            {
                (candidate.Command, candidate.CommandFile) = (entry, file);
            }
            else
            {
                // kbuild's own record is of the last compile; what it does not say is where that ran.
                candidate.Command = candidate.Command with { WorkingDirectory = entry.WorkingDirectory };
            }
        }

        foreach (var (candidate, entry) in new MovedObjects(tree, observer).Find(unused, candidates.FindAll(static c => c.Command is null)))
        {
            (candidate.Command, candidate.CommandFile, candidate.CompiledTo) = (entry, file, entry.ObjectFile);
        }

        diagnostics.AddRange(read.Diagnostics);
    }

    /// <summary>Whether compile commands can tell something that kbuild's record does not.</summary>
    private bool LacksCommandOrPlace(Candidate candidate) => candidate.Command is not { } command || PlaceOf(candidate, command) is null;

    /// <summary>Whether a directory or a link to nowhere stands in a file's place at the top of the tree: that is no tree without the file.</summary>
    private bool IsSomethingElse(string name)
    {
        var here = observer.NamesIn(tree.Path);
        return here.Directories.Contains(name, StringComparer.Ordinal) || here.Links.Contains(name, StringComparer.Ordinal);
    }

    /// <summary>Whether a relative target shows that the command ran in the tree's directory, as it does where a kernel is built.</summary>
    private bool IsMadeInTree(Candidate candidate, string target) =>
        target == candidate.RelativePath && (options.WorkingDirectory == tree.Path || options.WorkingDirectory == tree.RealPath);

    /// <summary>From Linux 6.13 on commands run in the module's directory, also for what lies outside of it.</summary>
    private bool IsMadeFromTree(Candidate candidate, string target) =>
        candidate.Directory.IsOutside && Path.GetFullPath(target, tree.Path) == candidate.ObjectPath;

    /// <summary>Where the command ran, as far as a record tells.</summary>
    private string? PlaceOf(Candidate candidate, RecordedCommand command) =>
        command.WorkingDirectory
        ?? (command is not KbuildCommand { Target: var made } ? null
            : made.StartsWith('/') || IsMadeInTree(candidate, made) ? options.WorkingDirectory
            : IsMadeFromTree(candidate, made) ? tree.Path
            : null);

    /// <summary>Where the command ran, what it read and where it wrote.</summary>
    private void Place(Candidate candidate, RecordedCommand command)
    {
        candidate.WorkingDirectory = PlaceOf(candidate, command) ?? options.StatedWorkingDirectory;
        if (command is CompileCommand entry)
        {
            candidate.SourcePath = entry.File;
            if (tree.TryLocate(entry.ObjectFile, out var made, out var madeName))
            {
                (candidate.OutputDirectory, candidate.OutputName) = (made, madeName);
            }

            return;
        }

        candidate.SourcePath = command.Source == "-" ? null : UnixPath.Resolve(command.Source, candidate.WorkingDirectory);
        if (command is not KbuildCommand { Target: var target } || command.Output is not { Length: > 0 } output || output == target)
        {
            return;
        }

        if (UnixPath.DirectoryOf(output) == UnixPath.DirectoryOf(target))
        {
            candidate.OutputName = UnixPath.NameOf(output);
        }
        else if (UnixPath.Resolve(output, candidate.WorkingDirectory) is { } path && tree.TryLocate(path, out var directory, out var name))
        {
            (candidate.OutputDirectory, candidate.OutputName) = (directory, name);
        }
    }
}
