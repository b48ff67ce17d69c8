using System.Collections.Immutable;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Dumps.Elf.Producers;
using IpaAnalysis.Files;

namespace IpaAnalysis.Collection.Scanning;

/// <summary>
/// Judges objects by what they hold, where nothing records how they were made and no dump lies beside them: one that was
/// compiled from C is a unit without its dump, unless all of its functions are those of other objects of the tree.
/// </summary>
internal sealed class UnrecordedObjects(TreeListing tree, TreeObserver observer, List<Candidate> candidates, DiagnosticLimit diagnostics)
{
    private readonly HashSet<Digest128> _functions = [];
    private Known? _known;

    /// <summary>What the object is.</summary>
    public ObjectNature Judge(Candidate candidate)
    {
        if (!candidate.HasObject || IsImage(candidate))
        {
            return candidate.HasObject ? ObjectNature.Linked : ObjectNature.Unknown;
        }

        var look = observer.ObjectAt(candidate.ObjectPath);
        if (look.IsUnreadable)
        {
            diagnostics.Add(DiagnosticCatalog.TreeUnreadable.At(
                candidate.ObjectPath, 0, $"Whether '{candidate.RelativePath}' was compiled from C cannot be told. Check its permissions."));
        }

        return look.Origin is { } origin
            ? Judge(origin, candidate.ObjectPath, () => observer.FunctionsOf(candidate.ObjectPath))
            : ObjectNature.Unknown;
    }

    /// <summary>Objects that are in archives only, as units without their dumps.</summary>
    public IEnumerable<Candidate> Archived()
    {
        foreach (var directory in tree.Directories.Values)
        {
            foreach (var name in directory.Archives)
            {
                var path = directory.PathOf(name);
                var archive = observer.Archive(path);
                if (archive.IsUnreadable)
                {
                    diagnostics.Add(DiagnosticCatalog.TreeUnreadable.At(path, 0, "The archive cannot be read to its end. Check its permissions, or make it again."));
                }

                var used = new HashSet<string>(StringComparer.Ordinal);
                foreach (var member in archive.Objects.Where(m => Judge(m.Origin, path, () => m.Functions) == ObjectNature.Unit && used.Add(m.Name)))
                {
                    yield return new Candidate(directory, $"{name}({member.Name.Replace('/', '_')})") { HasObject = false, ArchivePath = path };
                }
            }
        }
    }

    private ObjectNature Judge(ElfOrigin origin, string path, Func<ImmutableArray<Digest128>?> functions)
    {
        if (origin.IsDamaged)
        {
            diagnostics.Add(DiagnosticCatalog.ObjectFile.At(path, 0, "The section headers lie outside the file or are damaged; compile the object again."));
            return ObjectNature.Unknown;
        }

        if (!IsC(origin) || (!origin.HasCode && !origin.IsLto))
        {
            return ObjectNature.Unknown;
        }

        _known ??= new Known(candidates, observer);
        if (!_known.IsForTarget(origin.Machine))
        {
            return ObjectNature.Host;
        }

        return !origin.IsLto && functions() is { IsEmpty: false } own && AreKnown(own, origin.SourceNames)
            ? ObjectNature.Copy
            : ObjectNature.Unit;
    }

    /// <summary>
    /// Whether a compiler of C made code in it: by the names of the sources, or else by the language recorded for debuggers. What
    /// <c>strip</c> took both from may be C.
    /// </summary>
    private static bool IsC(ElfOrigin origin) =>
        origin.SourceNames.Any(static name => name.EndsWith(".c", StringComparison.Ordinal) || name.EndsWith(".i", StringComparison.Ordinal))
        || (origin.IsFromGcc && origin.SourceNames.IsEmpty && origin.Language.Length == 0)
        || (origin.Language.StartsWith("GNU C", StringComparison.Ordinal) && !origin.Language.StartsWith("GNU C+", StringComparison.Ordinal));

    /// <summary>The whole kernel, of which old versions of kbuild keep no record.</summary>
    private bool IsImage(Candidate candidate) =>
        tree.IsKbuild && (candidate.Name is "vmlinux.o" || candidate.Name.StartsWith(".tmp_vmlinux", StringComparison.Ordinal));

    private bool AreKnown(ImmutableArray<Digest128> own, ImmutableArray<string> sourceNames)
    {
        // First the few objects whose sources have these names, then, before something is wrong, all.
        foreach (var objects in (IEnumerable<Func<IEnumerable<string>>>)[() => _known!.From(sourceNames), () => _known!.Rest()])
        {
            foreach (var path in objects())
            {
                _functions.UnionWith(observer.FunctionsOf(path) ?? []);
            }

            if (own.All(_functions.Contains))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The objects of which it is known what they are, each looked at once.</summary>
    private sealed class Known
    {
        private readonly TreeObserver _observer;
        private readonly HashSet<string> _rest;
        private readonly ILookup<string, string> _bySource;
        private readonly HashSet<ElfMachine> _families;

        public Known(List<Candidate> candidates, TreeObserver observer)
        {
            _observer = observer;
            var known = candidates.FindAll(IsKnown);
            _rest = [.. known.Select(static c => c.ObjectPath)];
            _bySource = known.ToLookup(static c => SourceNameOf(c), static c => c.ObjectPath, StringComparer.Ordinal);

            // One unit tells for which processor the tree is.
            _families = [.. known.Where(static c => c.DumpPath is not null || c.IsCCompile)
                .Select(c => observer.ObjectAt(c.ObjectPath).Origin)
                .Where(static o => o is { IsDamaged: false })
                .Take(1)
                .Select(static o => Family(o!.Machine))];
        }

        public bool IsForTarget(ElfMachine machine) => _families.Count == 0 || _families.Contains(Family(machine));

        /// <summary>The objects, not looked at yet, whose sources have one of these names.</summary>
        public IEnumerable<string> From(ImmutableArray<string> sourceNames) =>
            sourceNames.Append("").SelectMany(name => _bySource[name]).Where(_rest.Remove);

        /// <summary>All that were not looked at yet.</summary>
        public string[] Rest()
        {
            var rest = _rest.Order(StringComparer.Ordinal).ToArray();
            _rest.Clear();
            return rest;
        }

        private bool IsKnown(Candidate candidate) =>
            candidate.HasObject
            && (candidate.DumpPath is not null
                || candidate.SharesDump
                || candidate.Command is { Kind: not CommandKind.Other and not CommandKind.Link }
                || (_observer.ObjectAt(candidate.ObjectPath).Origin is { IsDamaged: false } origin && !IsC(origin)));

        /// <summary>Empty for what the name of the source does not help with.</summary>
        private static string SourceNameOf(Candidate candidate) =>
            candidate.Command?.Kind == CommandKind.Assembler ? ""
            : UnixPath.NameOf(candidate.SourcePath ?? candidate.Command?.Source ?? candidate.DumpBase ?? "");

        /// <summary>Processors of one family run each other's code, so that objects of both may be for one target.</summary>
        private static ElfMachine Family(ElfMachine machine) => machine switch
        {
            ElfMachine.I386 => ElfMachine.X64,
            ElfMachine.Arm => ElfMachine.AArch64,
            ElfMachine.PowerPC => ElfMachine.PowerPC64,
            _ => machine,
        };
    }
}
