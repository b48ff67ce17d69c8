using System.Text;
using System.Text.Json;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Faults.Harness;
using IpaAnalysis.Files;
using IpaAnalysis.Gating;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Outputs;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Summaries;
using IpaAnalysis.Summaries.Store;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Faults.Analysing;

/// <summary>
/// Does what the package's tasks do with one <c>IpaObjectTree</c> and default settings: collects, reads, asks compilers,
/// judges by the default policy, writes the manifest. It runs in a process of its own, whose memory and end can be judged.
/// </summary>
internal static class LibraryBuild
{
    /// <summary>The only argument in front of the request's path.</summary>
    public const string Command = "--analyze";

    /// <summary>Analyses what a file asks for and writes the report beside it.</summary>
    public static int Analyze(string requestFile)
    {
        var request = JsonSerializer.Deserialize<AnalysisRequest>(File.ReadAllBytes(requestFile))!;
        AnalysisReport report;
        try
        {
            report = Analyze(request);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As the package's tasks say it.
            report = new AnalysisReport { Diagnostics = [new ReportedDiagnostic(DiagnosticCatalog.OutputNotWritten.Code, e.Message)] };
        }
        catch (Exception e)
        {
            report = new AnalysisReport { Exception = e.ToString() };
        }

        File.WriteAllBytes(ReportFile(requestFile), JsonSerializer.SerializeToUtf8Bytes(report with { PeakBytes = ProcessMemory.OwnPeak() }));
        return 0;
    }

    /// <summary>Where the report on a request is.</summary>
    public static string ReportFile(string requestFile) => Path.ChangeExtension(requestFile, ".report");

    /// <summary>Analyses in this process.</summary>
    public static AnalysisReport Analyze(AnalysisRequest request)
    {
        string State(string name) => Path.Combine(request.Intermediate, name);
        var cancellation = CancellationToken.None;
        Directory.CreateDirectory(request.Intermediate);
        var memory = CollectionMemory.Open(State("units.memory.state"), request.Jobs, forget: false, cancellation);
        var tree = TreeCollector.Collect(new TreeOptions { Directory = request.Tree, Roots = [request.Project], Threads = request.Jobs }, memory, cancellation);
        var set = UnitSet.Merge(new UnitGroup("tree", tree.Units));
        memory.Write(State("units.memory.state"), set.Units, []);

        var files = set.Units.Select(UnitFiles.Of).ToArray();
        using var store = SummaryStore.Open(new SummaryStoreOptions { IndexFile = State("summaries.state"), Threads = request.Jobs }, set.Units, files, cancellation);
        var expander = new OptionExpander(new OptionExpanderSettings
        {
            Environment = request.Environment,
            UntrustedDirectories = [request.Tree],
            BaseDirectory = request.Project,
            Jobs = request.Jobs,
            CacheFile = State("options.state"),
        });
        var units = set.Units.ToDictionary(u => u.Object, StringComparer.Ordinal);
        var compilers = new ExactImpactAnalyzer(
            new ExactSettings
            {
                UnitOf = units.GetValueOrDefault,
                Directory = State("recompile"),
                CacheFile = State("exact.state"),
                Jobs = request.Jobs,
                Bounds = request.Recompile,
            },
            expander);
        var source = new GraphSource(set.Units, store);
        var paths = new SourcePathMap([request.Tree, request.Project]);
        var policy = GatePolicyReader.Read(new GateSettings(), new DiagnosticBag());
        var result = Analysis.Run(
            source,
            new AnalysisOptions
            {
                PatchedFunctions = [.. request.Functions.Select(f => new FunctionQuery(f))],
                Exact = new OwnUnits(compilers),
                Gate = new PolicyGate(policy, set.Units, source.Summaries, expander),
                IndexCacheFile = State("index.state"),
                Threads = request.Jobs,
                NormalizePath = path => paths.Normalize(path, null),
            },
            [.. tree.Diagnostics, .. set.Diagnostics],
            cancellation);
        expander.Save();
        using var manifest = new MemoryStream();
        ManifestWriter.Write(result, new ManifestSettings { Threads = request.Jobs }, manifest);
        OutputFile.Write(State("affected-functions.json"), manifest.ToArray());
        return new AnalysisReport
        {
            Complete = result.Complete,
            Diagnostics = [.. result.Findings.Select(f => new ReportedDiagnostic(f.Diagnostic.Code, f.Diagnostic.Message))],
            Functions = [.. result.PatchedFunctions.Zip(result.Exact, (impact, exact) => ReportOf(result.Graph, impact, exact))],
            Manifest = Encoding.UTF8.GetString(manifest.ToArray()),
        };
    }

    private static FunctionReport ReportOf(DependencyGraph graph, FunctionImpact impact, ExactImpact exact) => new(
        graph.SourceFunctions[impact.Function].Name,
        [.. exact.InexactBecause.Select(c => c.Cause)],
        [.. impact.Affected.Select(a => graph.SymbolOf(a.Vertex)).Order(StringComparer.Ordinal)]);
}
