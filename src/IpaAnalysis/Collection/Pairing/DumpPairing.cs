using System.Collections.Immutable;
using System.Globalization;
using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;

namespace IpaAnalysis.Collection.Pairing;

/// <summary>
/// Gives each object its dump. A dump that two compiles wrote holds only the last one's lines, and nothing tells whose:
/// it is given to neither.
/// </summary>
internal sealed class DumpPairing(TreeListing tree, TreeObserver observer, DiagnosticLimit diagnostics)
{
    private readonly SortedDictionary<string, List<Claim>> _claims = new(StringComparer.Ordinal);
    private ILookup<string, (DirectoryListing Directory, string Name)>? _byBase;

    /// <summary>The dumps that belong to some object, whether it is a unit or not and whether it is given to it or not.</summary>
    public HashSet<string> Claimed { get; } = new(StringComparer.Ordinal);

    /// <summary>Pairs the dumps of all candidates.</summary>
    public void Pair(List<Candidate> candidates)
    {
        var open = new List<Candidate>();
        var followsObject = false;
        foreach (var candidate in candidates)
        {
            if (candidate.DumpPath is { } given)
            {
                Claimed.Add(given);
            }
            else if (MayHaveDump(candidate) && !ClaimOwn(candidate))
            {
                open.Add(candidate);
            }
            else if (candidate is { DumpBase: not null, Command: { DumpBase: null } } && DumpNames.FromSource(candidate) is not null)
            {
                followsObject = true;
            }
        }

        // One dump named after an object whose source is named otherwise proves GCC 11 or later: then no dump follows the source.
        foreach (var candidate in open.Where(c => !followsObject || c.Command is null))
        {
            ClaimBySource(candidate);
        }

        foreach (var (path, claims) in _claims)
        {
            Claimed.Add(path);
            Settle(path, claims);
        }
    }

    private static bool MayHaveDump(Candidate candidate) =>
        candidate.Command is null || candidate.Command.Kind is CommandKind.CCompile or CommandKind.Host or CommandKind.Other;

    private bool ClaimOwn(Candidate candidate)
    {
        if (candidate.Command is { CloneDumpFile: { } file })
        {
            if (file is not ("stdout" or "stderr" or "-")
                && UnixPath.Resolve(file, candidate.WorkingDirectory) is { } path && observer.FileExists(path))
            {
                Add(tree.TryLocate(path, out var at, out var name) ? at.PathOf(name) : path, candidate, null, isOwn: true);
            }

            return true;
        }

        var (directory, prefix) = Directory(candidate);
        foreach (var own in DumpNames.FromObject(candidate))
        {
            if (directory.Dumps.TryGetValue(prefix + own, out var name))
            {
                Add(directory.PathOf(name), candidate, prefix + own, isOwn: true);
                return true;
            }
        }

        return false;
    }

    private void ClaimBySource(Candidate candidate)
    {
        if (DumpNames.FromSource(candidate) is { } name && candidate.OutputDirectory.Dumps.TryGetValue(name, out var file))
        {
            Add(candidate.OutputDirectory.PathOf(file), candidate, name, isOwn: false);
        }
    }

    private (DirectoryListing Directory, string Prefix) Directory(Candidate candidate)
    {
        if (candidate.Command?.DumpDirectory is not { Length: > 0 } given)
        {
            return (candidate.OutputDirectory, "");
        }

        // -dumpdir is put before the name as it is: "out/pre-" or "out/".
        var path = UnixPath.Resolve(given + "x", candidate.WorkingDirectory);
        return path is not null && tree.TryLocate(path, out var directory, out var name)
            ? (directory, name[..^1])
            : (candidate.OutputDirectory, "");
    }

    private void Add(string path, Candidate candidate, string? dumpBase, bool isOwn)
    {
        if (!_claims.TryGetValue(path, out var claims))
        {
            _claims.Add(path, claims = []);
        }

        claims.Add(new Claim(candidate, isOwn));
        candidate.DumpBase = dumpBase;
    }

    private void Settle(string path, List<Claim> claims)
    {
        var rivals = claims;
        if (rivals.Count > 1 && rivals.Exists(static c => c.IsOwn))
        {
            // A claim by the source's name counts against the object's own one only if that compile did write a dump.
            rivals = rivals.FindAll(static c => c.IsOwn || c.Candidate.Command is { DumpsClones: true });
        }

        if (rivals.Count > 1)
        {
            rivals = rivals.FindAll(c => c.Candidate.Command is not null || !IsLibtoolText(c.Candidate));
        }

        rivals = WithoutCopies(rivals);
        foreach (var loser in claims.Except(rivals))
        {
            loser.Candidate.DumpBase = null;
        }

        if (rivals.Count == 1)
        {
            // The dump of an LTO compile holds early decisions only; the real ones are made at the link.
            rivals[0].Candidate.DumpPath = rivals[0].Candidate.IsLto ? null : path;
        }
        else
        {
            rivals.ForEach(static r => r.Candidate.SharesDump = true);
        }

        if (rivals.Count > 1)
        {
            diagnostics.Add(Shared(path, rivals));
        }

        if (rivals.Count > 1 || claims.Exists(static c => c.Candidate.IsCopy))
        {
            Claimed.UnionWith(Moved(path, rivals).Select(static d => d.Directory.PathOf(d.Name)));
        }
    }

    private Diagnostic Shared(string path, List<Claim> rivals)
    {
        var first = rivals[0].Candidate;
        var second = rivals[1].Candidate;
        var others = rivals.Count > 2 ? string.Create(CultureInfo.InvariantCulture, $" and {rivals.Count - 2} more") : "";
        if (Moved(path, rivals) is { Count: > 0 } moved)
        {
            // Both dumps may fit both objects, and what was inlined leaves no trace in an object.
            return DiagnosticCatalog.SharedDump.At(
                path,
                0,
                $"'{first.RelativePath}', '{second.RelativePath}'{others} have the name of this dump and of {string.Join(", ", moved.Select(static d => $"'{d.Directory.RelativePathOf(d.Name)}'"))}, "
                + "beside which no object is: where a makefile compiles there and then moves the object, only the commands tell which dump is whose, so none is used. "
                + "Record them in a clean tree (bear -- make) and give the compile_commands.json, in the tree or in IpaCompileCommands.");
        }

        return DiagnosticCatalog.SharedDump.At(
            path,
            0,
            $"'{first.RelativePath}', '{second.RelativePath}'{others} were compiled with this one dump, which holds the last compile only; it is not used. "
            + "Compile them into different directories, with GCC 11 or later, or without a common -fdump-ipa-clones=FILE; "
            + "where one was compiled elsewhere and then moved, give the compile_commands.json of the build.");
    }

    /// <summary>
    /// The dumps of other directories that one of these objects without command may have been compiled with before it was moved: of
    /// the same name, and without an object beside them.
    /// </summary>
    private List<(DirectoryListing Directory, string Name)> Moved(string path, List<Claim> rivals)
    {
        if (rivals is not [{ Candidate.DumpBase: { } dumpBase }, ..] || !rivals.TrueForAll(static c => c.Candidate.Command is null))
        {
            return [];
        }

        _byBase ??= tree.Directories.Values
            .Where(static d => !d.IsOutside)
            .SelectMany(static d => d.Dumps.Select(dump => (Base: dump.Key, Directory: d, Name: dump.Value)))
            .Where(d => !_claims.ContainsKey(d.Directory.PathOf(d.Name)) && !Claimed.Contains(d.Directory.PathOf(d.Name)))
            .ToLookup(static d => d.Base, static d => (d.Directory, d.Name), StringComparer.Ordinal);
        return [.. _byBase[dumpBase].Where(d => d.Directory.PathOf(d.Name) != path)];
    }

    /// <summary>One of several objects that have the same functions: a copy needs no dump.</summary>
    private List<Claim> WithoutCopies(List<Claim> rivals)
    {
        if (rivals.Count < 2 || !rivals.TrueForAll(static c => c.Candidate is { HasObject: true, Command: null })
            || FunctionsOf(rivals[0]) is not { IsEmpty: false } first
            || !rivals.TrueForAll(c => FunctionsOf(c) is { } other && first.AsSpan().SequenceEqual(other.AsSpan())))
        {
            return rivals;
        }

        var unit = rivals.Find(static c => c.Candidate.Name.EndsWith(".o", StringComparison.Ordinal)) ?? rivals[0];
        foreach (var copy in rivals.Where(c => c != unit))
        {
            copy.Candidate.IsCopy = true;
        }

        return [unit];
    }

    private ImmutableArray<Digest128>? FunctionsOf(Claim claim) => observer.FunctionsOf(claim.Candidate.ObjectPath);

    /// <summary>Whether the file is libtool's description of an object and not one.</summary>
    private bool IsLibtoolText(Candidate candidate) =>
        candidate.Name.EndsWith(".lo", StringComparison.Ordinal) && observer.IsLibtoolText(candidate.ObjectPath);

    private sealed record Claim(Candidate Candidate, bool IsOwn);
}
