using System.Collections.Concurrent;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Building.Kbuild.UpToDate;

/// <summary>
/// Tells without starting make whether it would have something to do: not when what it was asked for, every file that it
/// depended on and every file that it made are as after its last successful run. (<c>make -q</c> of kbuild always says yes.)
/// </summary>
internal sealed class KbuildUpToDateCheck
{
    // Images of kernels and the like are not read for it: a touched one counts as changed.
    private const long LongestContent = 16 << 20;

    private readonly KbuildOptions _options;
    private readonly KbuildLayout _layout;
    private readonly string _recordFile;
    private readonly KbuildMakefiles? _makefiles;
    private readonly string _key;
    private readonly string _make;

    /// <summary>Prepares the check.</summary>
    /// <param name="options">What is built.</param>
    /// <param name="layout">Where the files are.</param>
    /// <param name="make">Absolute path of make.</param>
    /// <param name="arguments">Its whole command line.</param>
    public KbuildUpToDateCheck(KbuildOptions options, KbuildLayout layout, string make, IReadOnlyList<string> arguments)
    {
        _options = options;
        _layout = layout;
        _make = make;
        _recordFile = options.RecordFile;
        _makefiles = layout.SourceDirectory is null ? KbuildMakefiles.Read(layout, []) : null;
        _key = KbuildKey.Of(make, arguments, options.EnvironmentInPlace, _makefiles?.Variables ?? []);
    }

    /// <summary>What make takes for up to date although it was made from a file that was replaced meanwhile.</summary>
    public IReadOnlyCollection<string> Replaced { get; private set; } = [];

    /// <summary>What was reported when make last ran; null when it must run, and then <paramref name="change"/> says why.</summary>
    public IReadOnlyList<Diagnostic>? Remembered(out KbuildChange? change)
    {
        var record = KbuildRecord.TryRead(_recordFile);
        change = record is null ? new KbuildChange(_options.Place, "it is not known that make finished here")
            : _makefiles?.Obscure
            ?? (record.Key != _key ? new KbuildChange(_options.Place, "make's arguments or environment changed, or the package's version") : null)
            ?? ChangedProgram(record) ?? ChangedFile(record, _options.OnlyAsks) ?? NewFile(record);
        return change is null ? record!.Diagnostics : null;
    }

    /// <summary>Forgets the last run, before another begins.</summary>
    public void Forget() => OutputFile.Delete(_recordFile);

    /// <summary>Remembers a run that succeeded.</summary>
    /// <param name="started">When it started (<see cref="FileIdentity.NowNanoseconds"/>).</param>
    /// <param name="diagnostics">What is reported.</param>
    /// <param name="cancellation">Ends it early, and then nothing is remembered.</param>
    /// <returns>Why make must run again in any case; null when that is not so.</returns>
    public KbuildChange? Remember(long started, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        // What make wrote last would else count as changing still.
        Thread.Sleep((int)(FileIdentity.FineMargin / 1_000_000) + 1);
        var footprint = new KbuildFootprint(_layout, started);
        footprint.Take(cancellation);
        Replaced = footprint.Replaced;
        if (footprint.Problem is { } problem)
        {
            return problem;
        }

        if (KbuildDumps.ObjectsWithout(_layout.ObjectDirectory, cancellation) is [var withoutDump, ..])
        {
            return new KbuildChange(withoutDump, "it has no clone dump");
        }

        var programs = footprint.Programs
            .Select(name => (Name: name, Path: ToolLocator.Find(name, _options.Environment, _layout.WorkingDirectory)))
            .Where(static p => p.Path is not null)
            .Append((Name: _make, Path: _make))
            .DistinctBy(static p => p.Name, StringComparer.Ordinal)
            .ToDictionary(static p => p.Name, static p => p.Path!, StringComparer.Ordinal);
        var files = new Dictionary<string, FileIdentity>(footprint.Files, StringComparer.Ordinal);
        foreach (var program in programs.Values)
        {
            FileIdentity.TryGet(program, out var identity);
            files[program] = identity;
        }

        // A whole kernel has a hundred thousand files, and reading them takes longer than a build in which little changed.
        var states = StatesOf(files, readsContent: _layout.SourceDirectory is null, cancellation);
        new KbuildRecord(_key, _layout.SourceDirectory is null ? _layout.ObjectDirectory : "", states, programs, diagnostics).Write(_recordFile);
        return null;
    }

    private Dictionary<string, FileState> StatesOf(Dictionary<string, FileIdentity> files, bool readsContent, CancellationToken cancellation)
    {
        var states = new ConcurrentDictionary<string, FileState>(StringComparer.Ordinal);
        Parallel.ForEach(files, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Jobs), CancellationToken = cancellation }, file =>
            states[file.Key] = new FileState(file.Value, readsContent && file.Value.Length <= LongestContent ? FileState.ContentOf(file.Key, file.Value) : null));
        return new Dictionary<string, FileState>(states, StringComparer.Ordinal);
    }

    /// <summary>
    /// Whether a file says the same as before and make, which compares times, would do nothing: it has the same time and was only
    /// replaced, make does not look at its time (<c>.cmd</c> files are included, dumps and call graphs are unknown to it), or it is a
    /// source that is older now. What is newer is made anew from.
    /// </summary>
    private static bool IsOnlyTouched(string path, FileState state, FileIdentity now)
    {
        var before = state.Identity;
        var name = Path.GetFileName(path);
        var isUnseen = (name.StartsWith('.') && name.EndsWith(".cmd", StringComparison.Ordinal)) || KernelModuleFiles.IsArtifactName(name);
        var isOlderSource = now.ModifiedNanoseconds < before.ModifiedNanoseconds
            && (Path.GetExtension(name) is ".c" or ".h" or ".S")
            && !File.Exists(Path.Combine(Path.GetDirectoryName(path)!, $".{name}.cmd"));
        return (now.ModifiedNanoseconds == before.ModifiedNanoseconds || isUnseen || isOlderSource)
            && state.IsSameContent(path, now);
    }

    private KbuildChange? ChangedProgram(KbuildRecord record)
    {
        foreach (var (name, path) in record.Programs)
        {
            if (ToolLocator.Find(name, _options.Environment, _layout.WorkingDirectory) != path)
            {
                return new KbuildChange(path, $"'{name}' is another program now");
            }
        }

        return null;
    }

    private KbuildChange? ChangedFile(KbuildRecord record, bool readsContent)
    {
        var changes = new ConcurrentBag<KbuildChange>();
        Parallel.ForEach(record.Files, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Jobs) }, file =>
        {
            FileIdentity.TryGet(file.Key, out var now);
            if (now != file.Value.Identity && !(readsContent && IsOnlyTouched(file.Key, file.Value, now)))
            {
                changes.Add(new KbuildChange(file.Key, FileIdentity.Describe(file.Value.Identity, now)));
            }
        });

        // The first in the order of names, so that every run says the same.
        return changes.MinBy(static c => c.File, StringComparer.Ordinal);
    }

    private static KbuildChange? NewFile(KbuildRecord record)
    {
        if (record.Directory.Length == 0)
        {
            return null;
        }

        var added = KbuildFootprint.FilesIn(record.Directory, static (ref _) => true).Where(f => !record.Files.ContainsKey(f));
        return added.Min(StringComparer.Ordinal) is { } file ? new KbuildChange(file, "it is new") : null;
    }
}
