using System.Diagnostics;
using IpaAnalysis.Benchmarks.Measuring;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Benchmarks.Library;

/// <summary>Where the time of the cold path goes.</summary>
internal static class PhaseTimes
{
    private const int Runs = 5;
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(15);

    /// <summary>The phases in order, with their medians.</summary>
    public static List<(string Phase, double Seconds)> Measure(LibraryWork work)
    {
        var runs = Samples.Collect(Runs, s_budget, _ => Once(work));
        return [.. runs[0].Select((phase, i) => (phase.Phase, Samples.Median(runs.Select(r => r[i].Seconds))))];
    }

    private static List<(string Phase, double Seconds)> Once(LibraryWork work)
    {
        var phases = new List<(string, double)>();
        var collected = Timed("collect: directories, commands, pairing", work.Collect);
        var units = collected.Units;

        // A unit without its other files has only one kind to read.
        Timed("read: dumps alone", () => work.Read([.. units.Select(u => u with { ObjectPath = null, CallGraphPath = null, FoldingRecordPath = null })]));
        Timed("read: call graphs alone", () => work.Read([.. units.Select(u => u with { ObjectPath = null, DumpPath = null, FoldingRecordPath = null })]));
        Timed("read: symbol tables alone", () => work.Read([.. units.Select(u => u with { DumpPath = null, CallGraphPath = null, FoldingRecordPath = null })]));
        var summaries = Timed("read: everything", () => work.Read(units));
        var graph = Timed("merge", () => LibraryWork.Merge(units, summaries));
        Timed("closure of every function: own walk", () => Closures(graph, ImpactAnalyzer.ForAllFunctions(graph)));
        Timed("closure of every function: QuikGraph", () => Closures(graph, new ImpactAnalyzer(graph)));
        Timed("analyse: scope patched", () => work.Analyze(collected, graph, ManifestScope.Patched));
        var index = Timed("analyse: scope index", () => work.Analyze(collected, graph, ManifestScope.Index));
        Timed("write: scope index", () => Write(index));
        var all = Timed("analyse: scope all", () => work.Analyze(collected, graph, ManifestScope.All));
        Timed("write: scope all", () => Write(all));
        return phases;

        static long Closures(DependencyGraph graph, ImpactAnalyzer analyzer)
        {
            var affected = 0L;
            for (var function = 0; function < graph.SourceFunctions.Length; function++)
            {
                affected += analyzer.FindAffected(function).Length;
            }

            return affected;
        }

        long Write(AnalysisResult result)
        {
            using var stream = new BufferedStream(Stream.Null);
            work.Write(result, stream);
            return stream.CanWrite ? 1 : 0;
        }

        T Timed<T>(string phase, Func<T> action)
        {
            var watch = Stopwatch.StartNew();
            var result = action();
            phases.Add((phase, watch.Elapsed.TotalSeconds));
            return result;
        }
    }
}
