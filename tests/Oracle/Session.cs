using System.Collections.Immutable;
using System.Diagnostics;
using IpaAnalysis.Oracle.Prediction;
using IpaAnalysis.Oracle.Scoring;
using IpaAnalysis.Oracle.Truth;
using IpaAnalysis.Oracle.Units;

namespace IpaAnalysis.Oracle;

/// <summary>Measures every code base with every predictor.</summary>
internal sealed class Session(OracleOptions options, IReadOnlyList<IPredictor> predictors)
{
    private static readonly ParallelOptions AllProcessors = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>Measures; one result for each code base.</summary>
    public IEnumerable<CodeBaseResult> Run() =>
        FindUnits()
            .Where(u => options.CodeBases.Length == 0 || options.CodeBases.Contains(u.CodeBase))
            .GroupBy(u => u.CodeBase)
            .Select(g => Measure(g.Key, [.. g]));

    private IEnumerable<SourceUnit> FindUnits()
    {
        IEnumerable<SourceUnit> portable =
        [
            .. options.OwnSources is { } own
                ? Directory.EnumerateFiles(own, "*.c").Order(StringComparer.Ordinal).Select(f => new SourceUnit("own", Path.GetFileName(f), own, "gcc", ["-O2"], f))
                : [],
            .. options.DebianSources is { } debian ? DebianSource.Units(debian) : [],
        ];

        // An offset from a section's anchor names no variable: the oracle could not tell one from another.
        string[] target = options.Compiler?.StartsWith("aarch64", StringComparison.Ordinal) == true ? ["-fno-section-anchors"] : [];
        return portable.Select(u => options.Compiler is { } compiler ? u with { Compiler = compiler, Flags = [.. u.Flags, .. target] } : u)
            .Concat(options.Kernel is { } kernel ? KernelTree.Units(kernel) : [])
            .Select(u => u with { Flags = [.. u.Flags, .. options.Flags] });
    }

    private CodeBaseResult Measure(string codeBase, IReadOnlyList<SourceUnit> all)
    {
        var clock = Stopwatch.StartNew();
        var prepared = Map(
            Sample.Of(all, options.Units, u => u.Name),
            (unit, i) => UnitCompiler.Prepare(unit, Path.Combine(options.Directory, "work", codeBase, $"{i}")));
        var units = prepared.OfType<PreparedUnit>().ToList();
        var functions = Sample.Of(
            units.SelectMany(u => u.Functions, (u, f) => (Unit: u, Function: f)),
            options.Functions,
            p => $"{p.Unit.Source.Name}:{p.Function.Name}");
        Progress($"{codeBase}: {units.Count} of {all.Count} units, {functions.Count} of {units.Sum(u => u.Functions.Length)} functions");

        var truths = Map(functions, (p, _) => TruthFinder.Find(p.Unit, p.Function)).OfType<FunctionTruth>().ToList();
        Progress($"{codeBase}: truth after {clock.Elapsed.TotalSeconds:0} s");
        var predicted = predictors.Select(p => Judge(p, truths)).ToImmutableArray();
        var result = new CodeBaseResult
        {
            Name = codeBase,
            AllUnits = all.Count,
            Units = units,
            AllFunctions = units.Sum(u => u.Functions.Length),
            NotCompiled = functions.Count - truths.Count,
            Truths = truths,
            NullDifferences = [.. units.Zip(Map(units, (unit, _) => NullTest.Run(unit))).Where(u => u.Second.Length > 0)],
            Predictors = predicted,
            Opened = JudgeOpened(predicted),
        };
        Progress($"{codeBase}: done after {clock.Elapsed.TotalSeconds:0} s");
        return result;
    }

    private PredictorResult Judge(IPredictor predictor, IReadOnlyList<FunctionTruth> truths)
    {
        var results = new List<PredictedTruth>();
        foreach (var unit in truths.GroupBy(t => t.Unit))
        {
            var clock = Stopwatch.StartNew();
            var predictions = predictor.Predict(unit.Key, [.. unit.Select(t => t.Function)]);
            results.AddRange(unit.Zip(predictions, (truth, prediction) => new PredictedTruth(truth, prediction, clock.Elapsed / predictions.Count)));
        }

        var attribution = new MissAttribution();
        var missed = results.Where(r => r.Misses.Length > 0).Take(options.Attribute).ToList();
        var passes = Map(missed, (r, _) => attribution.Find(r.Truth.Unit, r.Truth.Function, r.Misses.Select(m => m.Origin)));
        return new PredictorResult(predictor.Name, results, [.. passes.SelectMany(p => p.Values)]);
    }

    /// <summary>Judges what the predictors that say so say of callees and variables.</summary>
    private ImmutableArray<OpenedResult> JudgeOpened(ImmutableArray<PredictorResult> predicted)
    {
        var results = predicted.SelectMany(p => p.Results).Where(r => r.Prediction is { IsExact: true, Opened: not null }).Take(options.Opened).ToList();
        var finders = results.Select(r => r.Truth.Unit).Distinct().ToDictionary(u => u, u => new OpenedFinder(u));
        return [.. Map(results, (r, _) => finders[r.Truth.Unit].Find(r.Truth.Function) is { } truth ? new OpenedResult(r.Truth, truth, r.Prediction!.Opened!) : null).OfType<OpenedResult>()];
    }

    private static TResult[] Map<T, TResult>(IReadOnlyList<T> items, Func<T, int, TResult> work)
    {
        var results = new TResult[items.Count];
        Parallel.For(0, items.Count, AllProcessors, i => results[i] = work(items[i], i));
        return results;
    }

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
