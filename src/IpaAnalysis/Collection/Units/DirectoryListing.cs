using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;

namespace IpaAnalysis.Collection.Units;

/// <summary>The names in one directory that matter, by what they are.</summary>
internal sealed class DirectoryListing(string path, string relativePath)
{
    /// <summary>Absolute path.</summary>
    public string Path { get; } = path;

    /// <summary>Path from the tree's directory; empty for the tree itself.</summary>
    public string RelativePath { get; } = relativePath;

    /// <summary>Objects, sorted by the ordinal values of their names.</summary>
    public SortedSet<string> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that may be objects although their names do not say so.</summary>
    public List<string> PossibleObjects { get; } = [];

    /// <summary>What <c>-MD</c> wrote, or automake made of it.</summary>
    public HashSet<string> DependencyFiles { get; } = new(StringComparer.Ordinal);

    /// <summary>Archives.</summary>
    public List<string> Archives { get; } = [];

    /// <summary>kbuild's lists of modules and of their objects, and files that are named so.</summary>
    public List<string> KbuildLists { get; } = [];

    /// <summary>
    /// Whether the directory is not in the tree, and only those of its objects are here that link into a module of the tree.
    /// </summary>
    public bool IsOutside { get; init; }

    /// <summary>Clone dumps by the part of their name before the pass.</summary>
    public SortedDictionary<string, string> Dumps { get; } = new(StringComparer.Ordinal);

    /// <summary>Dumps of a base that has another one already.</summary>
    public List<string> OtherDumps { get; } = [];

    /// <summary>Call graphs.</summary>
    public HashSet<string> CallGraphs { get; } = new(StringComparer.Ordinal);

    /// <summary>Folding records by the part of their name before the pass.</summary>
    public Dictionary<string, string> FoldingRecords { get; } = new(StringComparer.Ordinal);

    /// <summary>Targets that have a kbuild record.</summary>
    public HashSet<string> RecordedTargets { get; } = new(StringComparer.Ordinal);

    /// <summary>Stems of assembler output: <c>X.s</c> is there or kbuild recorded how it was made.</summary>
    public HashSet<string> AssemblyStems { get; } = new(StringComparer.Ordinal);

    /// <summary>Objects and archives that a linker made, by their extension.</summary>
    public int LinkedCount { get; private set; }

    private ILookup<string, string>? _dumpsByStem;

    /// <summary>The absolute path of a name here.</summary>
    public string PathOf(string name) => Path.EndsWith('/') ? Path + name : $"{Path}/{name}";

    /// <summary>The path of a name here from the tree's directory.</summary>
    public string RelativePathOf(string name) => RelativePath.Length == 0 ? name : $"{RelativePath}/{name}";

    /// <summary>Whether a name matters at all.</summary>
    public static bool Matters(ReadOnlySpan<char> name) =>
        name.EndsWith(ArtifactName.CloneDump, StringComparison.Ordinal)
        || name.EndsWith(ArtifactName.CallGraph, StringComparison.Ordinal)
        || name.EndsWith(ArtifactName.FoldingRecord, StringComparison.Ordinal)
        || name.EndsWith(ArtifactName.Command, StringComparison.Ordinal)
        || name.EndsWith(".s", StringComparison.Ordinal)
        || ArtifactName.IsObject(name)
        || ArtifactName.IsLinked(name)
        || KbuildList.IsName(name)
        || ArtifactName.IsDependencyFile(name)
        || ArtifactName.MayBeObject(name);

    /// <summary>The bases of dumps that are <paramref name="stem"/> and one extension, in order.</summary>
    public IEnumerable<string> DumpsOfStem(string stem) =>
        (_dumpsByStem ??= Dumps.Keys.ToLookup(UnixPath.StemOf, StringComparer.Ordinal))[stem];

    /// <summary>Files a name that matters. Names must come in a fixed order.</summary>
    public void Add(string name)
    {
        if (name.EndsWith(ArtifactName.CloneDump, StringComparison.Ordinal))
        {
            if (!Dumps.TryAdd(ArtifactName.DumpBase(name, ArtifactName.CloneDump), name))
            {
                OtherDumps.Add(name);
            }
        }
        else if (name.EndsWith(ArtifactName.CallGraph, StringComparison.Ordinal))
        {
            CallGraphs.Add(name);
        }
        else if (name.EndsWith(ArtifactName.FoldingRecord, StringComparison.Ordinal))
        {
            FoldingRecords.TryAdd(ArtifactName.DumpBase(name, ArtifactName.FoldingRecord), name);
        }
        else if (name.EndsWith(ArtifactName.Command, StringComparison.Ordinal))
        {
            AddRecord(name);
        }
        else if (name.EndsWith(".s", StringComparison.Ordinal))
        {
            AssemblyStems.Add(name[..^2]);
        }
        else if (ArtifactName.IsObject(name))
        {
            Objects.Add(name);
        }
        else if (ArtifactName.IsLinked(name))
        {
            LinkedCount++;
            if (name.EndsWith(ArtifactName.Archive, StringComparison.Ordinal))
            {
                Archives.Add(name);
            }
        }
        else if (ArtifactName.IsDependencyFile(name))
        {
            DependencyFiles.Add(name);
        }
        else if (KbuildList.IsName(name))
        {
            KbuildLists.Add(name);
        }
        else
        {
            PossibleObjects.Add(name);
        }
    }

    private void AddRecord(string name)
    {
        if (name[0] != '.' || name.Length <= ArtifactName.Command.Length + 1)
        {
            return;
        }

        var target = name[1..^ArtifactName.Command.Length];
        RecordedTargets.Add(target);
        if (target.EndsWith(".s", StringComparison.Ordinal))
        {
            AssemblyStems.Add(target[..^2]);
        }
    }
}
