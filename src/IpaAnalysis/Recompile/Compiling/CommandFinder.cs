using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Options;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Recompile.Causes;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Finds the command that compiled a unit, and refuses what must not or cannot be run again.</summary>
internal sealed class CommandFinder
{
    private readonly Dictionary<string, Dictionary<string, CompileCommand>> _databases = new(StringComparer.Ordinal);

    /// <summary>Finds the command.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="options">What its options mean, by the compiler that made it.</param>
    /// <param name="cause">Why there is none; null when there is one.</param>
    public RecompileCommand? Find(Unit unit, ObjectOptions options, out string? cause)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(options);
        cause = null;
        var recorded = CommandOf(unit);
        if (unit.IsLto || recorded is { IsLto: true })
        {
            cause = InexactCauses.Lto;
        }
        else if (recorded is null || recorded.Words.IsEmpty)
        {
            cause = InexactCauses.NoCommand;
        }
        else if (options.Identity is null)
        {
            cause = options.Problem ?? InexactCauses.NoCommand;
        }
        else
        {
            return Complete(unit, recorded, options, out cause);
        }

        return null;
    }

    private static RecompileCommand? Complete(Unit unit, RecordedCommand recorded, ObjectOptions options, out string? cause)
    {
        var directory = recorded.WorkingDirectory is { } known && Directory.Exists(known) ? known : unit.WorkingDirectory;
        var source = unit.SourcePath ?? UnixPath.Resolve(recorded.Source, directory);
        var isTrusted = unit.Options is { IsTrusted: true };
        var selection = RerunArguments.Select(recorded.Words.AsSpan()[1..], recorded.Source, isTrusted);

        // Of a tree that nobody trusts the word that names the response file is said.
        cause = recorded.HasResponseFile ? NotAllowed() ?? InexactCauses.ResponseFile
            : options.Identity!.Major < InexactCauses.OldestWithNoipa ? InexactCauses.TooOld
            : source is null && directory is null ? InexactCauses.DirectoryNotRecorded
            : source is null || InputFile.KindOf(source) is not { } kind ? InexactCauses.NoSource
            : kind != FileKind.Regular ? InexactCauses.SourceUnreadable(FileProblem.Describe(kind))
            : Path.GetExtension(source) is not (".c" or ".i") ? InexactCauses.NotC
            : directory is null ? InexactCauses.DirectoryNotRecorded
            : !Directory.Exists(directory) ? InexactCauses.NoDirectory
            : UsesProfile(recorded.Words.AsSpan()[1..]) ? InexactCauses.Profile
            : null;
        if (cause is not null)
        {
            return null;
        }

        cause = NotAllowed();
        if (cause is not null)
        {
            return null;
        }

        var path = AsWritten(recorded, source!, directory!);
        return new RecompileCommand(options.Identity!, [.. selection.Words, .. MovedSource.Options(recorded.Source, path)], path, directory!);

        string? NotAllowed() => selection.NotAllowed is { } words ? InexactCauses.NotAllowed(words, isTrusted) : null;
    }

    /// <summary>The source by the path that the compiler got, which <c>__FILE__</c> shows.</summary>
    private static string AsWritten(RecordedCommand recorded, string source, string directory) =>
        recorded.Source is { } written && UnixPath.Resolve(written, directory) is { } path && File.Exists(path) && RealPath.Of(path) == RealPath.Of(source)
            ? written
            : source;

    private static bool UsesProfile(ReadOnlySpan<string> words)
    {
        var reader = new OptionReader(words);
        while (reader.MoveNext())
        {
            if (reader.Current is { Effect: OptionEffect.Profile, IsNegated: false })
            {
                return true;
            }
        }

        return false;
    }

    private RecordedCommand? CommandOf(Unit unit)
    {
        if (unit.Command is { } command)
        {
            return command;
        }

        if (unit.CommandFile is not { } file)
        {
            return null;
        }

        if (unit.Options?.Origin == OptionOrigin.Kbuild)
        {
            return KbuildCommandReader.Read(file, []);
        }

        return (unit.CompiledTo ?? unit.ObjectPath) is { } path && DatabaseOf(file).TryGetValue(RealPath.Of(path), out var entry) ? entry : null;
    }

    private Dictionary<string, CompileCommand> DatabaseOf(string file)
    {
        if (!_databases.TryGetValue(file, out var entries))
        {
            _databases[file] = entries = new Dictionary<string, CompileCommand>(StringComparer.Ordinal);
            foreach (var entry in CompileCommandsReader.Read(file, []))
            {
                entries.TryAdd(RealPath.Of(entry.ObjectFile), entry);
            }
        }

        return entries;
    }
}
