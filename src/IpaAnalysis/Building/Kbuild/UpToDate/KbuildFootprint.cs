using System.IO.Enumeration;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Kbuild.UpToDate;

/// <summary>
/// Gathers, after make ran, every file that its next run would look at, and every file that it made. What is not certain is a
/// problem, and then make is started the next time: a file that changed meanwhile, a record of unknown form.
/// </summary>
internal sealed class KbuildFootprint(KbuildLayout layout, long started)
{
    // What kbuild takes from a kernel beside its sources; what is missing must stay missing.
    private static readonly string[] s_kernelFiles =
    [
        ".config", "Module.symvers", "System.map", "vmlinux", "include/config/auto.conf", "include/config/auto.conf.cmd", "include/config/kernel.release",
        "include/generated/autoconf.h", "include/generated/utsrelease.h", "tools/objtool/objtool", "tools/bpf/resolve_btfids/resolve_btfids",
        "certs/signing_key.pem", "certs/signing_key.x509", ".git/HEAD", ".git/logs/HEAD",
    ];

    private readonly Dictionary<string, FileIdentity> _files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _programs = new(StringComparer.Ordinal);
    private readonly HashSet<(string Directory, string Word)> _words = [];
    private readonly SortedSet<string> _directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _lists = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _replaced = new(StringComparer.Ordinal);
    private readonly long _now = FileIdentity.NowNanoseconds;

    /// <summary>The files by absolute path; the default stands for one that is not there.</summary>
    public IReadOnlyDictionary<string, FileIdentity> Files => _files;

    /// <summary>The first words of all commands.</summary>
    public IReadOnlyCollection<string> Programs => _programs;

    /// <summary>
    /// What was made from a file that was replaced meanwhile by one with an older time stamp (<c>cp -p</c>, <c>rsync -t</c>): make
    /// will take it for up to date.
    /// </summary>
    public IReadOnlyCollection<string> Replaced => _replaced;

    /// <summary>Why make must run again in any case; null when the footprint is whole.</summary>
    public KbuildChange? Problem { get; private set; }

    private string KernelBuild => layout.WorkingDirectory;

    private string KernelSource => layout.Directories[^1];

    /// <summary>Looks at everything.</summary>
    public void Take(CancellationToken cancellation)
    {
        foreach (var root in new[] { KernelBuild, KernelSource }.Distinct(StringComparer.Ordinal))
        {
            AddKernel(root);
        }

        var isModule = layout.SourceDirectory is null;
        foreach (var file in FilesIn(layout.ObjectDirectory, isModule ? static (ref _) => true : IsOfInterest))
        {
            cancellation.ThrowIfCancellationRequested();
            var identity = Add(file);
            if (KbuildCommandFile.TargetOf(file) is { } target)
            {
                _directories.Add(Path.GetDirectoryName(file)!);
                AddCommand(file, target);
            }
            else if (isModule && KbuildList.IsName(Path.GetFileName(file)))
            {
                AddListed(file, identity);
            }
        }

        if (isModule)
        {
            var makefiles = KbuildMakefiles.Read(layout, _directories);
            Problem ??= makefiles.Obscure;
            AddInputs(makefiles.Files);
        }
        else
        {
            AddInputs(FilesIn(layout.SourceDirectory!, IsMakefile));
        }

        foreach (var (file, identity) in _files)
        {
            if (identity != default && !identity.IsSettledAt(_now))
            {
                Problem ??= new KbuildChange(file, "it changed so short a time ago that another change would not show");
            }
        }
    }

    /// <summary>Every regular file in a directory and below, links to directories aside.</summary>
    public static IEnumerable<string> FilesIn(string directory, FileSystemEnumerable<string>.FindPredicate isWanted) =>
        new FileSystemEnumerable<string>(
            directory,
            static (ref FileSystemEntry e) => e.ToSpecifiedFullPath(),
            new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = true })
        {
            ShouldIncludePredicate = (ref FileSystemEntry e) => !e.IsDirectory && isWanted(ref e),
            ShouldRecursePredicate = static (ref FileSystemEntry e) => e.FileName is not ".git" && (e.Attributes & FileAttributes.ReparsePoint) == 0,
        };

    private static bool IsOfInterest(ref FileSystemEntry entry) =>
        entry.FileName.EndsWith(".cmd") || entry.FileName.EndsWith(".ipa-clones") || entry.FileName.EndsWith(".ci");

    private static bool IsMakefile(ref FileSystemEntry entry) =>
        entry.FileName.StartsWith("Makefile") || entry.FileName.StartsWith("Kbuild") || entry.FileName.StartsWith("Kconfig") || entry.FileName.EndsWith(".mk");

    private FileIdentity Add(string file)
    {
        if (!_files.TryGetValue(file, out var identity))
        {
            FileIdentity.TryGet(file, out identity);
            _files.Add(file, identity);
        }

        return identity;
    }

    /// <summary>Adds what only people write: a change while make ran may or may not have been seen by it.</summary>
    private void AddInputs(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            var identity = Add(file);
            if (Math.Max(identity.ChangedNanoseconds, identity.ModifiedNanoseconds) >= started && !IsMadeByMake(file))
            {
                Problem ??= new KbuildChange(file, "it changed while make ran");
            }

            // A Kbuild beside a Makefile goes before it, and a makefile may ask for all sources in its directory.
            if (layout.SourceDirectory is not null)
            {
                Add(Path.GetDirectoryName(file)!);
            }
        }
    }

    /// <summary>With <c>O=</c> kbuild writes a Makefile into the output directory.</summary>
    private bool IsMadeByMake(string file) => layout.SourceDirectory is not null && Path.GetDirectoryName(file) == layout.ObjectDirectory;

    private void AddKernel(string root)
    {
        foreach (var file in s_kernelFiles)
        {
            Add(Path.Combine(root, file));
        }

        try
        {
            foreach (var file in Directory.EnumerateFiles(root))
            {
                Add(file);
            }

            // Headers' packages keep their scripts behind a link.
            var scripts = RealPath.Of(Path.Combine(root, "scripts"));
            foreach (var file in Directory.Exists(scripts) ? FilesIn(scripts, static (ref _) => true) : [])
            {
                Add(file);
            }

            var arch = Path.Combine(root, "arch");
            foreach (var directory in Directory.Exists(arch) ? Directory.EnumerateDirectories(arch) : [])
            {
                foreach (var file in Directory.EnumerateFiles(directory))
                {
                    Add(file);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem ??= new KbuildChange(root, "it cannot be listed");
        }
    }

    private void AddCommand(string file, string target)
    {
        KbuildCommandFile? command;
        try
        {
            command = KbuildCommandFile.Parse(InputFile.ReadAllBytes(file, FileRole.KbuildRecord));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            command = null;
        }

        if (command is null)
        {
            Problem ??= new KbuildChange(file, "what it records is not understood");
            return;
        }

        _programs.Add(command.Program);
        var made = Add(target);
        foreach (var source in command.Sources)
        {
            if (Locate(source, file) is not { } path)
            {
                Problem ??= new KbuildChange(file, $"'{source}', which it names, is not there");
                continue;
            }

            var identity = Add(path);
            if (identity.ChangedNanoseconds >= started && identity.ModifiedNanoseconds < started && made != default)
            {
                _replaced.Add(target);
            }

            if (identity.ChangedNanoseconds >= started && identity.ModifiedNanoseconds > made.ModifiedNanoseconds && made != default)
            {
                Problem ??= new KbuildChange(path, "it changed while make ran");
            }
        }

        AddWords(command.Words, file);
        foreach (var option in command.Options)
        {
            foreach (var directory in new[] { KernelBuild, layout.ObjectDirectory }.Distinct(StringComparer.Ordinal))
            {
                Add(Path.GetFullPath(option, directory));
            }
        }
    }

    /// <summary>Adds the files that the words of a command name: what a table or a script is made from is in no list.</summary>
    private void AddWords(IReadOnlyCollection<string> words, string commandFile)
    {
        foreach (var word in words)
        {
            // Most words stand in all commands.
            if (word.Contains('.', StringComparison.Ordinal) || word.Contains('/', StringComparison.Ordinal))
            {
                var place = word[0] == '/' ? "" : Path.GetDirectoryName(commandFile)!;
                if (_words.Add((place, word)) && Locate(word, commandFile) is { } path && !Directory.Exists(path))
                {
                    Add(path);
                }
            }
        }
    }

    /// <summary>Where a recorded path leads: kbuild runs in the kernel, from 6.13 on for modules in their directory, and its tools in theirs.</summary>
    private string? Locate(string source, string commandFile)
    {
        if (source.StartsWith('/'))
        {
            var path = Path.GetFullPath(source, "/");
            return _files.GetValueOrDefault(path) != default || FileIdentity.TryGet(path, out _) ? path : null;
        }

        foreach (var directory in Places(Path.GetDirectoryName(commandFile)!))
        {
            var path = Path.GetFullPath(source, directory);
            if (_files.TryGetValue(path, out var identity) ? identity != default : FileIdentity.TryGet(path, out identity))
            {
                return path;
            }
        }

        return null;
    }

    private IEnumerable<string> Places(string directory)
    {
        yield return layout.WorkingDirectory;
        yield return layout.ObjectDirectory;
        if (layout.SourceDirectory is not { } sources)
        {
            yield break;
        }

        for (; RealPath.IsInside(directory, layout.ObjectDirectory) && directory != layout.ObjectDirectory; directory = Path.GetDirectoryName(directory)!)
        {
            yield return directory;
            yield return Path.Combine(sources, Path.GetRelativePath(layout.ObjectDirectory, directory));
        }
    }

    /// <summary>Adds what a module has elsewhere: objects, or whole modules, with their records and dumps.</summary>
    private void AddListed(string list, FileIdentity identity)
    {
        // A person's file of that name may be anything.
        if (identity.Length > 1 << 20 || KbuildModuleFiles.ReadList(list) is not { } files)
        {
            return;
        }

        foreach (var path in files.Where(p => !RealPath.IsInside(p, layout.ObjectDirectory)))
        {
            var record = KbuildModuleFiles.RecordOf(path);
            if (!File.Exists(path) || !File.Exists(record))
            {
                Problem ??= new KbuildChange(list, $"'{Path.GetFileName(path)}', which it names, was not made there, or is gone");
                continue;
            }

            _directories.Add(Path.GetDirectoryName(path)!);
            foreach (var file in KbuildModuleFiles.Beside(path))
            {
                Add(file);
            }

            Add(record);
            AddCommand(record, path);
            var inner = Path.ChangeExtension(path, KbuildList.ModuleExtension);
            if (Path.GetFileName(list) == KbuildList.ModulesOrder && _lists.Add(inner))
            {
                Add(inner);
                AddListed(inner, default);
            }
        }
    }
}
