using System.Collections.Immutable;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Outputs;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Reading;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Benchmarks.Library;

/// <summary>The library as the tasks call it: the only place of the benchmarks that knows its interface.</summary>
internal sealed class LibraryWork(string tree, int threads, ImmutableArray<string> patched)
{
    private string TreeDirectory => Path.TrimEndingDirectorySeparator(tree);

    private TreeOptions Tree => new() { Directory = TreeDirectory, Threads = threads };

    /// <summary>Finds the units and reads their commands.</summary>
    public CollectedTree Collect() => TreeCollector.Collect(Tree, CancellationToken.None);

    /// <summary>Reads the files of units.</summary>
    public ObjectSummary[] Read(IReadOnlyList<Unit> units) => SummaryReader.ReadAll(units, threads, CancellationToken.None);

    /// <summary>Merges what was read.</summary>
    public static DependencyGraph Merge(IReadOnlyList<Unit> units, ObjectSummary[] summaries) => DependencyGraph.Build(units.Zip(
        summaries,
        static (unit, summary) => new GraphUnit(unit.Object, summary, path => unit.Paths.Normalize(path, unit.WorkingDirectory))));

    /// <summary>Answers a question.</summary>
    public AnalysisResult Analyze(CollectedTree collected, DependencyGraph graph, ManifestScope scope) =>
        Analysis.Run(graph, Options(scope), collected.Diagnostics, CancellationToken.None);

    /// <summary>Whether a name means exactly one function of the source.</summary>
    public static bool MeansOne(DependencyGraph graph, string name)
    {
        var diagnostics = new DiagnosticBag();
        return new FunctionResolver(graph).Resolve(new FunctionQuery(name), diagnostics).Count == 1 && !diagnostics.HasErrors;
    }

    /// <summary>The cold path: from the first file to the finished aggregates, nothing read or written besides.</summary>
    public AnalysisResult Cold(ManifestScope scope)
    {
        var collected = Collect();
        if (scope == ManifestScope.Patched)
        {
            // As the task does it, but for what that keeps: no summary stays in memory.
            var options = new SummaryStoreOptions { IndexFile = null, Threads = threads };
            using var store = SummaryStore.Open(options, collected.Units, [.. collected.Units.Select(UnitFiles.Of)], CancellationToken.None);
            return Analysis.Run(new GraphSource(collected.Units, store), Options(scope), collected.Diagnostics, CancellationToken.None);
        }

        var summaries = Read(collected.Units);
        return Analyze(collected, Merge(collected.Units, summaries), scope);
    }

    /// <summary>What the first build does: all that later builds start from is written too.</summary>
    /// <param name="scope">What the manifest tells.</param>
    /// <param name="output">A directory to write into; nothing of an earlier run is in it.</param>
    public AnalysisResult ColdStored(ManifestScope scope, string output)
    {
        var memoryFile = Path.Combine(output, "collection.state");
        var memory = CollectionMemory.Open(memoryFile, threads, forget: true, CancellationToken.None);
        var collected = TreeCollector.Collect(Tree, memory, CancellationToken.None);
        memory.Write(memoryFile, collected.Units, []);
        var options = new SummaryStoreOptions { IndexFile = Path.Combine(output, "summaries.state"), Threads = threads };
        using var store = SummaryStore.Open(options, collected.Units, [.. collected.Units.Select(UnitFiles.Of)], CancellationToken.None);
        var source = new GraphSource(collected.Units, store);
        var result = Analysis.Run(source, Options(scope), collected.Diagnostics, CancellationToken.None);
        WriteManifest(result, output);
        return result;
    }

    /// <summary>Writes a manifest.</summary>
    public void Write(AnalysisResult result, Stream stream) => ManifestWriter.Write(result, new ManifestSettings { Threads = threads }, stream);

    private void WriteManifest(AnalysisResult result, string output) =>
        OutputFile.Write(Path.Combine(output, "affected-functions.json"), stream => Write(result, stream));

    private AnalysisOptions Options(ManifestScope scope)
    {
        var paths = new SourcePathMap([TreeDirectory]);
        return new AnalysisOptions
        {
            Scope = scope,
            Threads = threads,
            PatchedFunctions = [.. patched.Select(static name => new FunctionQuery(name))],
            NormalizePath = path => paths.Normalize(path, null),
        };
    }
}
