using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Benchmarks.Corpora;

/// <summary>A tree of dumps, call graphs, objects and recorded commands that belongs to the benchmark.</summary>
internal sealed class Corpus
{
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, RecurseSubdirectories = true };

    public Corpus(string name, string directory)
    {
        Name = name;
        Directory = directory;
        Files = List(directory);
        Bytes = Files.Sum(static f => new FileInfo(f).Length);
    }

    /// <summary><c>S</c> or <c>L</c>.</summary>
    public string Name { get; }

    /// <summary>The tree, as an <c>IpaObjectTree</c> item names it.</summary>
    public string Directory { get; }

    /// <summary>Absolute paths of all files that an analysis reads, sorted.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The size of all files.</summary>
    public long Bytes { get; }

    /// <summary>The clone dumps.</summary>
    public IEnumerable<string> Dumps => Files.Where(static f => f.EndsWith(".ipa-clones", StringComparison.Ordinal));

    /// <summary>How many objects there are.</summary>
    public int ObjectCount => Files.Count(static f => f.EndsWith(".o", StringComparison.Ordinal));

    /// <summary>The files of a tree that the analysis reads, sorted.</summary>
    public static string[] List(string directory) =>
    [
        .. System.IO.Directory.EnumerateFiles(directory, "*", s_everything)
            .Where(static f => f.EndsWith(".ipa-clones", StringComparison.Ordinal)
                || f.EndsWith(".ci", StringComparison.Ordinal)
                || f.EndsWith(".o", StringComparison.Ordinal)
                || f.EndsWith(".o.cmd", StringComparison.Ordinal))
            .Order(Utf8Order.Instance),
    ];
}
