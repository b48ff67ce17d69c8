using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection;

/// <summary>Makes units of the candidates that were selected and says what is wrong with each.</summary>
internal sealed class UnitBuilder
{
    private readonly TreeListing _tree;
    private readonly TreeObserver _observer;
    private readonly string _prefix;
    private readonly bool _judgesAge;
    private readonly string? _recordedTree;
    private readonly SourcePathMap _paths;
    private readonly SourceFinder _sources;
    private readonly Dependencies _dependencies;
    private readonly bool _trustsCommands;
    private readonly HashSet<RecordedOptions> _options = [];

    public UnitBuilder(TreeListing tree, TreeOptions options, TreeObserver observer, List<Candidate> candidates)
    {
        _tree = tree;
        _observer = observer;
        _prefix = string.IsNullOrEmpty(options.TreeName) ? "" : options.TreeName.TrimEnd('/') + "/";
        _trustsCommands = options.TrustsCommands;
        _judgesAge = options.SourceDirectory is { Length: > 0 } sources && observer.DirectoryExists(sources);
        _recordedTree = RecordedTree(tree, candidates);
        string?[] roots = [tree.Path, _recordedTree, options.SourceDirectory, .. options.Roots.IsDefault ? [] : options.Roots];
        _paths = new SourcePathMap(roots.Where(static r => !string.IsNullOrEmpty(r))!, observer.RealPath);
        _dependencies = new Dependencies(tree, observer);
        _sources = new SourceFinder(tree, observer, options.SourceDirectory, options.StatedWorkingDirectory);
    }

    /// <summary>Makes the unit.</summary>
    /// <param name="candidate">The object and its files.</param>
    /// <param name="lostSource">The source's relative path when it was found nowhere; else null.</param>
    public Unit Build(Candidate candidate, out string? lostSource)
    {
        lostSource = _sources.Find(candidate);
        return new Unit
        {
            Object = _prefix + candidate.RelativePath,
            ObjectPath = candidate.HasObject ? candidate.ObjectPath : null,
            DumpPath = candidate.IsLto ? null : candidate.DumpPath,
            CallGraphPath = candidate.CallGraphPath,
            FoldingRecordPath = candidate.FoldingRecordPath,
            SourcePath = Rebase(candidate.SourcePath),
            WorkingDirectory = candidate.WorkingDirectory,
            CommandFile = candidate.CommandFile,
            Command = candidate.Command,
            CompiledTo = candidate.CompiledTo,
            Options = OptionsOf(candidate),
            IsLto = candidate.IsLto,
            Paths = _paths,
        };
    }

    /// <summary>
    /// Whether the object belongs to a module of its name: before libtool links one it removes all in <c>.libs</c> that is named so, but objects
    /// (libtool, <c>func_mode_link</c>).
    /// </summary>
    private bool IsOfLibtoolModule(Candidate candidate) =>
        candidate.Command is { DumpsClones: true }
        && UnixPath.NameOf(candidate.Directory.Path) == ".libs"
        && _observer.FileExists(candidate.Directory.PathOf($"{UnixPath.StemOf(candidate.Name)}.la"));

    private RecordedOptions? OptionsOf(Candidate candidate)
    {
        if (!candidate.IsCCompile)
        {
            return null;
        }

        var origin = candidate.Command is KbuildCommand ? OptionOrigin.Kbuild : OptionOrigin.CompileCommands;
        var options = RecordedOptions.From(candidate.Command!, origin, _trustsCommands) with { WorkingDirectory = candidate.WorkingDirectory };
        if (_options.TryGetValue(options, out var known))
        {
            return known;
        }

        _options.Add(options);
        return options;
    }

    /// <summary>What is wrong with the unit.</summary>
    public IEnumerable<Diagnostic> Report(Candidate candidate, Unit unit, string? lostSource)
    {
        var place = unit.SourcePath ?? unit.ObjectPath ?? candidate.ArchivePath ?? unit.CommandFile;
        if (unit.IsLto)
        {
            yield return DiagnosticCatalog.LtoUnit.At(place, 0, $"'{unit.Object}' was compiled with -flto, so what is inlined is decided at the link. Build without -flto.");
        }
        else if (unit.DumpPath is null && !candidate.SharesDump)
        {
            yield return DiagnosticCatalog.UnitWithoutDump.At(
                place,
                0,
                candidate.Command is null
                    ? $"'{unit.Object}' was compiled from C, and no clone dump is beside it: it was compiled without -fdump-ipa-clones, or its dump was removed or overwritten. Compile it with the option to a name of its own."
                    : IsOfLibtoolModule(candidate)
                    ? $"'{unit.Object}' was compiled with -fdump-ipa-clones, and libtool removed its dump when it linked the module of that name. Remove the object's .lo file and make that alone, without linking: make {UnixPath.StemOf(candidate.Name)}.lo."
                    : candidate.Command is { DumpsClones: true }
                    ? $"'{unit.Object}' was compiled with -fdump-ipa-clones but its dump is not there: it was removed, or a compiler cache or another machine made the object. Build it again without these."
                    : $"'{unit.Object}' was compiled without -fdump-ipa-clones. Build it with KCFLAGS=-fdump-ipa-clones (kbuild) or with the option in CFLAGS.");
        }

        if (_judgesAge && Staleness.Judge(_observer, unit, lostSource) is { } stale)
        {
            yield return stale;
        }
        else if (_judgesAge && _dependencies.Judge(candidate, unit) is { } outdated)
        {
            yield return outdated;
        }
    }

    /// <summary>Where the tree was when it was built, if absolute targets tell and agree, and if it is elsewhere now.</summary>
    private static string? RecordedTree(TreeListing tree, List<Candidate> candidates)
    {
        string? recorded = null;
        foreach (var candidate in candidates)
        {
            var suffix = "/" + candidate.RelativePath;
            if (candidate.Command is not KbuildCommand { Target: ['/', ..] target } || !target.EndsWith(suffix, StringComparison.Ordinal) || target.Length == suffix.Length)
            {
                continue;
            }

            var before = target[..^suffix.Length];
            if (recorded is not null && before != recorded)
            {
                return null;
            }

            recorded = before;
        }

        return recorded == tree.Path || recorded == tree.RealPath ? null : recorded;
    }

    private string? Rebase(string? path) =>
        path is not null && _recordedTree is not null && path.StartsWith(_recordedTree + "/", StringComparison.Ordinal) && !_observer.FileExists(path)
            ? _tree.Path + path[_recordedTree.Length..]
            : path;
}
