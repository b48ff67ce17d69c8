using System.Collections.Immutable;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>
/// Judges units by the headers that the build system recorded: one that changed since, one that is gone, and one that appeared
/// earlier in the search path and would be read instead. Each header is looked at once, however many units read it.
/// </summary>
internal sealed class Dependencies(TreeListing tree, TreeObserver observer)
{
    private const string Automake = ".deps";

    private readonly NameTable _names = observer.Topics.Names;
    private readonly Dictionary<(string Directory, int Number), (string Path, long Time)> _files = [];
    private readonly Dictionary<(string Directories, string Path), ImmutableArray<(string Path, long Time)>> _shadows = [];

    /// <summary>What is wrong with one unit; null when nothing is or nothing can be said.</summary>
    public Diagnostic? Judge(Candidate candidate, Unit unit)
    {
        if (unit.ObjectPath is null || ListOf(candidate) is not { } record)
        {
            return null;
        }

        var list = observer.Dependencies(record);
        if (list.IsUnreadable)
        {
            return DiagnosticCatalog.TreeUnreadable.At(record, 0, $"Whether '{unit.Object}' is up to date cannot be told. Check the permissions of the file.");
        }

        var made = observer.TimeOf(unit.ObjectPath);
        var read = new List<(string Path, long Time)>(list.Numbers.Length);
        foreach (var number in list.Numbers)
        {
            if (FileOf(number, candidate.WorkingDirectory) is { Path.Length: > 0 } file)
            {
                read.Add(file);
            }
        }

        var source = unit.SourcePath;
        var changed = read.Where(f => f.Path != source && (f.Time > made || IsGone(f))).OrderBy(static f => f.Path, StringComparer.Ordinal).FirstOrDefault();
        return changed.Path is null
            ? Shadow(candidate, unit, read, made)
            : DiagnosticCatalog.StaleUnit.At(
                changed.Path,
                0,
                changed.Time == FileTime.None
                    ? $"This header, which '{unit.Object}' was compiled with, is gone. Build the tree again."
                    : $"This header is newer than the object '{unit.Object}', so the result is about the older header. Build the tree again.");
    }

    private Diagnostic? Shadow(Candidate candidate, Unit unit, List<(string Path, long Time)> read, long made)
    {
        if (candidate.Command is not { IncludeDirectories: { IsEmpty: false } directories })
        {
            return null;
        }

        var search = directories
            .Select(d => UnixPath.Resolve(d, candidate.WorkingDirectory))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToImmutableArray();
        var home = unit.SourcePath is { } source ? UnixPath.DirectoryOf(source) : "";
        var key = string.Join('\0', search.Prepend(home));
        var known = read.Select(static f => f.Path).ToHashSet(StringComparer.Ordinal);
        var shadow = read.SelectMany(f => ShadowsOf(key, home, search, f.Path))
            .Where(s => s.Time > made && !known.Contains(s.Path))
            .OrderBy(static s => s.Path, StringComparer.Ordinal)
            .FirstOrDefault();
        return shadow.Path is null
            ? null
            : DiagnosticCatalog.ShadowedHeader.At(
                shadow.Path, 0, $"This header appeared after '{unit.Object}' was compiled, and goes before one that the object was compiled with. Build the tree again.");
    }

    /// <summary>The files that go before a header in the search path.</summary>
    private ImmutableArray<(string Path, long Time)> ShadowsOf(string key, string home, ImmutableArray<string> search, string path)
    {
        if (_shadows.TryGetValue((key, path), out var known))
        {
            return known;
        }

        var found = ImmutableArray.CreateBuilder<(string Path, long Time)>();
        for (var i = 0; i < search.Length; i++)
        {
            if (!path.StartsWith(search[i] + "/", StringComparison.Ordinal))
            {
                continue;
            }

            var rest = path[(search[i].Length + 1)..];
            foreach (var directory in search.Take(i).Prepend(home).Where(d => d.Length > 0 && d != search[i]))
            {
                var place = $"{directory}/{rest}";

                // Most directories lack even the subdirectory.
                if (observer.DirectoryExists(UnixPath.DirectoryOf(place)) && observer.TimeOf(place) is not FileTime.None and var time)
                {
                    found.Add((place, time));
                }
            }
        }

        return _shadows[(key, path)] = found.ToImmutable();
    }

    private bool IsGone((string Path, long Time) file) =>
        file.Time == FileTime.None && observer.DirectoryExists(UnixPath.DirectoryOf(file.Path));

    private (string Path, long Time) FileOf(int number, string? directory)
    {
        var key = (directory ?? "", number);
        if (!_files.TryGetValue(key, out var file))
        {
            var path = UnixPath.Resolve(_names[number], directory) ?? "";
            _files[key] = file = (path, path.Length == 0 ? FileTime.None : observer.TimeOf(path));
        }

        return file;
    }

    /// <summary>The record that lists what the compile of an object read; null when there is none.</summary>
    private string? ListOf(Candidate candidate)
    {
        if (candidate.Command is KbuildCommand)
        {
            return candidate.CommandFile;
        }

        var directory = candidate.OutputDirectory;
        var stem = UnixPath.StemOf(candidate.OutputName);
        foreach (var name in (string[])[candidate.OutputName + ".d", stem + ".d"])
        {
            if (directory.DependencyFiles.Contains(name))
            {
                return directory.PathOf(name);
            }
        }

        if (tree.Directories.TryGetValue(directory.RelativePathOf(Automake), out var automake))
        {
            foreach (var name in (string[])[stem + ".Po", stem + ".Plo"])
            {
                if (automake.DependencyFiles.Contains(name))
                {
                    return automake.PathOf(name);
                }
            }
        }

        return null;
    }
}
