using IpaAnalysis.Collection.Units;
using IpaAnalysis.Graph;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Summaries.Store;

/// <summary>Objects written by hand into a directory, and a store of their summaries beside them.</summary>
internal sealed class StoreTree : IDisposable
{
    private readonly TemporaryTree? _tree;

    public StoreTree()
    {
        _tree = new TemporaryTree();
        Directory = _tree.Path;
    }

    /// <summary>A tree that another process made, which is not removed with this.</summary>
    public StoreTree(string directory) => Directory = directory;

    public string Directory { get; }

    public string StoreDirectory => Path.Combine(Directory, "obj");

    public string IndexFile => Path.Combine(StoreDirectory, "summaries.state");

    /// <summary>Every file of the store, the index among them.</summary>
    public string[] StoreFiles => [.. System.IO.Directory.EnumerateFiles(StoreDirectory, "summaries*").Order(StringComparer.Ordinal)];

    public string DataFile => StoreFiles.Single(f => f != IndexFile);

    /// <summary>The objects, as whoever collects them finds them.</summary>
    public Unit[] Units =>
    [
        .. System.IO.Directory.EnumerateFiles(Directory, "*.ipa-clones").Select(Path.GetFileNameWithoutExtension).Order(Utf8Order.Instance!)
            .Select(name => new Unit
            {
                Object = name!,
                DumpPath = PathOf(name!, "ipa-clones"),
                ObjectPath = Existing(PathOf(name!, "elf")),
                CallGraphPath = Existing(PathOf(name!, "ci")),
                FoldingRecordPath = Existing(PathOf(name!, "icf")),
                Paths = new SourcePathMap([Directory]),
            }),
    ];

    public string PathOf(string name, string extension) => Path.Combine(Directory, $"{name}.{extension}");

    /// <summary>Writes the files of an object, some time ago.</summary>
    public StoreTree Add(UnitText text)
    {
        File.WriteAllBytes(PathOf(text.Name, "ipa-clones"), text.Dump);
        Write("elf", text.HasSymbolTable, text.Object);
        Write("ci", text.HasCallGraph, text.CallGraph);
        Write("icf", text.HasFoldingRecord, text.FoldingRecord);
        return this;

        void Write(string extension, bool exists, byte[] content)
        {
            File.Delete(PathOf(text.Name, extension));
            if (exists)
            {
                File.WriteAllBytes(PathOf(text.Name, extension), content);
            }
        }
    }

    public void Remove(string name)
    {
        foreach (var file in System.IO.Directory.GetFiles(Directory, $"{name}.*"))
        {
            File.Delete(file);
        }
    }

    public SummaryStore Open(bool fullHash = false, int threads = 2)
    {
        var units = Units;
        var options = new SummaryStoreOptions { IndexFile = IndexFile, Threads = threads, FullHash = fullHash };
        return SummaryStore.Open(options, units, [.. units.Select(UnitFiles.Of)], CancellationToken.None);
    }

    /// <summary>Opens the store and closes it again.</summary>
    /// <returns>What was read, as <c>object reason</c>, with an exclamation mark if it says something new.</returns>
    public string[] Update(bool fullHash = false)
    {
        using var store = Open(fullHash);
        var units = Units;
        Assert.That(store.Problem, Is.Null);
        return [.. store.Reads.Select(r => $"{units[r.Unit].Object} {r.Reason}{(r.IsChanged ? "!" : "")}")];
    }

    /// <summary>The manifests of a build with the store as it is must be those of a build without one.</summary>
    public void MustAnswerAsClean()
    {
        using var store = Open();
        Assert.That(Manifests(store), Is.EqualTo(Clean()));
    }

    /// <summary>The manifests of a build that reads every file.</summary>
    public string[] Clean() => Manifests(new SummaryList([.. Units.Select(SummaryReader.Read)]));

    /// <summary>The manifest of every function of the tree and that of one function.</summary>
    public string[] Manifests(ISummarySource summaries)
    {
        var source = new GraphSource(Units, summaries);
        return
        [
            Manifest(new AnalysisOptions { Scope = ManifestScope.All, NormalizePath = Path.GetFileName }),
            Manifest(new AnalysisOptions { PatchedFunctions = [new("f1", AllMatches: true)], NormalizePath = Path.GetFileName }),
        ];

        string Manifest(AnalysisOptions options) => ManifestText.Of(Analysis.Run(source, options, [], CancellationToken.None));
    }

    public void Dispose() => _tree?.Dispose();

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
