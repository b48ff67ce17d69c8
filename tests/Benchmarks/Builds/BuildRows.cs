using System.Collections.Immutable;
using IpaAnalysis.Benchmarks.Corpora;
using IpaAnalysis.Benchmarks.Measuring;
using IpaAnalysis.Benchmarks.Report;

namespace IpaAnalysis.Benchmarks.Builds;

/// <summary>The rows that are whole runs of <c>dotnet build</c>, each beside a run of an empty project.</summary>
internal sealed class BuildRows
{
    /// <summary>How many functions the rows need: three patched, and another one for each repetition.</summary>
    public const int FunctionsNeeded = Patched + (2 * Repetitions);

    /// <summary>How many functions are patched.</summary>
    public const int Patched = 3;

    private const int Repetitions = 5;
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(25);
    private static readonly string[] s_index = ["-p:IpaManifestScope=index"];

    private readonly Corpus _corpus;
    private readonly WrapperProject _project;
    private readonly WrapperProject _empty;
    private readonly ImmutableArray<string> _functions;

    public BuildRows(Corpus corpus, string workDirectory, BenchPackage package, ImmutableArray<string> functions)
    {
        _corpus = corpus;
        _functions = functions;
        package.WriteConfiguration(workDirectory);
        _empty = WrapperProject.Empty(Path.Combine(workDirectory, "empty"));
        _project = WrapperProject.Of(Path.Combine(workDirectory, "analysis-" + corpus.Name), corpus.Directory, package);
        _project.Write(functions[..Patched]);
        _empty.Restore();
        _project.Restore();
    }

    /// <summary>The rows, in the order in which they have to be measured.</summary>
    public IEnumerable<Measurement> Measure(Func<string, bool> wanted)
    {
        // Compiles nothing, but the first empty build writes its own outputs.
        _empty.Build();
        yield return Row(Rows.FirstBuild, 1, _ => _project.Build());
        if (wanted(Rows.NoChange))
        {
            yield return Row(Rows.NoChange, Repetitions, _ => Unchanged(() => _project.Build()));
        }

        if (wanted(Rows.DumpChanged))
        {
            yield return DumpChanged(Rows.DumpChanged, []);
        }

        if (wanted(Rows.FunctionAdded))
        {
            yield return Row(Rows.FunctionAdded, Repetitions, AddFunction);
        }

        if (wanted(Rows.IndexDumpChanged))
        {
            _project.Build(s_index);
            yield return DumpChanged(Rows.IndexDumpChanged, s_index);
        }

        if (wanted(Rows.Explain))
        {
            yield return Row(Rows.Explain, Repetitions, Explain);
        }
    }

    /// <summary>Afterwards the dump is as it was, and the project built with it.</summary>
    private Measurement DumpChanged(string row, string[] arguments)
    {
        Measurement measurement;
        using (var dump = new ChangingDump(_corpus))
        {
            measurement = Row(row, Repetitions, _ =>
            {
                dump.Change();
                return Changed(() => _project.Build(arguments));
            });
        }

        _project.Build();
        return measurement;
    }

    private ProcessCost AddFunction(int repetition)
    {
        var added = _functions[Patched + repetition];
        _project.Write([.. _functions[..Patched], added]);
        var cost = Changed(() => _project.Build());
        Require(File.ReadAllText(_project.Manifest).Contains($"\"{added}\"", StringComparison.Ordinal), $"the manifest does not tell of {added}");
        return cost;
    }

    private ProcessCost Explain(int repetition)
    {
        var function = _functions[Patched + Repetitions + repetition];
        var cost = _project.Build("-t:IpaExplain", "-p:IpaFunction=" + function);
        Require(File.ReadAllText(_project.Explanation).Contains(function, StringComparison.Ordinal), $"the explanation does not tell of {function}");
        return cost;
    }

    private Measurement Row(string row, int repetitions, Func<int, ProcessCost> build)
    {
        Progress.Say($"{row}, {_corpus.Name}");
        var empty = new List<ProcessCost>();
        var costs = Samples.Collect(repetitions, s_budget, i =>
        {
            // Side by side, as a shared machine is not the same from one minute to the next.
            empty.Add(_empty.Build());
            return build(i);
        });
        var (cost, beside) = (ProcessCost.Median(costs), ProcessCost.Median(empty));
        return new Measurement(row, _corpus.Name, cost.Wall, costs.Count) { Cpu = cost.Cpu, PeakBytes = cost.PeakBytes, Empty = beside };
    }

    private ProcessCost Changed(Func<ProcessCost> build)
    {
        var before = File.ReadAllBytes(_project.Manifest);
        var cost = build();
        Require(!before.AsSpan().SequenceEqual(File.ReadAllBytes(_project.Manifest)), "the manifest did not change");
        return cost;
    }

    private ProcessCost Unchanged(Func<ProcessCost> build)
    {
        var before = File.GetLastWriteTimeUtc(_project.Manifest);
        var cost = build();
        Require(before == File.GetLastWriteTimeUtc(_project.Manifest), "the manifest was written");
        return cost;
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException("A build did not do the work that its row measures: " + otherwise + ".");
        }
    }
}
