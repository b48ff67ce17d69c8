using System.Collections.Immutable;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Questions;
using IpaAnalysis.Recompile.Questions.Answers;
using IpaAnalysis.Recompile.Questions.Texts;
using IpaAnalysis.Recompile.Readers;

namespace IpaAnalysis.Recompile;

/// <summary>
/// Finds what depends on a function without holding a copy of it. For each object that defines the function its unit is
/// compiled again, once as it is and once with the body hidden: what comes out differently relied on something about it.
/// </summary>
internal sealed class ExactImpactAnalyzer : IExactImpact
{
    private readonly ExactSettings _settings;
    private readonly OptionExpander _expander;
    private readonly UnitPlanner _planner;
    private readonly SortedSet<string> _inputs = new(StringComparer.Ordinal);
    private readonly List<UnreadUnit> _unread = [];

    /// <summary>Makes an analyzer.</summary>
    /// <param name="settings">What it needs.</param>
    /// <param name="expander">Finds the compilers that made the objects, and the passes that acted.</param>
    public ExactImpactAnalyzer(ExactSettings settings, OptionExpander expander)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        _expander = expander;
        _planner = new UnitPlanner(expander);
    }

    /// <summary>
    /// Absolute paths of what answers depend on, sorted: the objects, the files that their texts are made of, their recorded commands,
    /// and where an answer is not exact also directories that were missing.
    /// </summary>
    public IReadOnlyCollection<string> Inputs => _inputs;

    /// <summary>How many questions a compiler had to answer; the others were known.</summary>
    public int Asked { get; private set; }

    /// <summary>Whether something failed that may succeed next time: then the result must not stand for a later build's.</summary>
    public bool MustAskAgain { get; private set; }

    /// <inheritdoc/>
    public DependencyGraph AddReaders(
        GraphSource source, DependencyGraph graph, IReadOnlyCollection<FunctionQuery> queries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(queries);
        var readers = new DefinitionReaders(_settings, _planner, _expander.Environment);
        var findings = readers.Find(source, graph, queries, cancellation);
        _unread.AddRange(findings.Unread);
        _inputs.UnionWith(readers.Inputs);
        MustAskAgain |= readers.MustReadAgain;
        return findings.Added.Count == 0 ? graph : QueryGraph.Build(source, queries, findings.Added, cancellation);
    }

    /// <inheritdoc/>
    public ImmutableArray<ExactImpact> Analyze(DependencyGraph graph, IReadOnlyList<FunctionImpact> impacts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(impacts);
        var builders = impacts.Select(i => new ExactImpactBuilder(graph, i, UnreadOf(graph.SourceFunctions[i.Function]))).ToArray();
        using var runs = new RunDirectory(_settings.Directory);
        using var pool = new CompilePool(_settings.Jobs, cancellation);
        var cache = new AnswerStore(_settings.CacheFile);
        var compilers = new CompilerStates(_expander.Environment, cancellation);
        var units = UnitsOf(graph, impacts, builders);
        var plans = _planner.Plan([.. units.Select(u => (_settings.UnitOf(graph.Units[u.Unit].Object), graph.Units[u.Unit].Summary))], cancellation);
        var work = units.Select((unit, i) => (Func<Task>)(() => Ask(graph, unit.Unit, [.. unit.Impacts], plans[i], runs, pool, cache, compilers)));
        var counter = new WorkCounter(_settings.Progress, WorkPhase.AskingCompilers, units.Count);

        // One more than compilers: a unit that waits for a compiler holds its text.
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _settings.Jobs) + 1, CancellationToken = cancellation };
        try
        {
            Parallel.ForEachAsync(work, limits, async (ask, _) =>
            {
                await ask().ConfigureAwait(false);
                counter.Add(1);
            }).GetAwaiter().GetResult();
        }
        catch
        {
            // What compilers answered before the build was cancelled or failed took minutes.
            cache.TrySave();
            throw;
        }

        cache.Save();
        Asked = cache.Added;
        return [.. builders.Select(b => b.Build())];
    }

    /// <summary>The units that define one of the functions, ascending, each with these functions.</summary>
    private static List<Share> UnitsOf(DependencyGraph graph, IReadOnlyList<FunctionImpact> impacts, ExactImpactBuilder[] builders)
    {
        // Of references only, as lookups and sequences of numbers are left to the JIT.
        var shares = new Dictionary<int, Share>();
        for (var i = 0; i < builders.Length; i++)
        {
            foreach (var instance in impacts[i].Instances)
            {
                var unit = graph.UnitOf(instance);
                if (!shares.TryGetValue(unit, out var share))
                {
                    shares[unit] = share = new Share(unit, []);
                }

                if (share.Impacts.Count == 0 || share.Impacts[^1] != builders[i])
                {
                    share.Impacts.Add(builders[i]);
                }
            }
        }

        List<Share> sorted = [.. shares.Values];
        sorted.Sort(static (a, b) => a.Unit.CompareTo(b.Unit));
        return sorted;
    }

    private IEnumerable<InexactCause> UnreadOf(SourceFunction function) =>
        _unread.Where(u => (u.Function.Name, u.Function.File, u.Function.Line, u.Function.Column) == (function.Name, function.File, function.Line, function.Column))
            .Select(static u => u.Cause);

    private async Task Ask(
        DependencyGraph graph, int unit, ExactImpactBuilder[] impacts, UnitPlan plan, RunDirectory runs, CompilePool pool, AnswerStore cache, CompilerStates compilers)
    {
        var inquiry = new UnitInquiry(plan, _expander.Environment, _settings.Bounds, runs.ForUnit(unit), pool, cache, compilers);
        FunctionQuestion[] questions = [.. impacts.Select(i => i.QuestionOf(unit))];
        var answers = await inquiry.Ask(questions).ConfigureAwait(false);
        for (var i = 0; i < impacts.Length; i++)
        {
            lock (impacts[i])
            {
                impacts[i].Add(unit, answers[i]);
            }
        }

        lock (_inputs)
        {
            // An object may stay the same while its source comes to mention a function: the answers are of the text.
            _inputs.UnionWith(new[] { plan.Unit?.ObjectPath, plan.Unit?.SourcePath, plan.Unit?.CommandFile }.OfType<string>());
            _inputs.UnionWith(inquiry.Files);
            MustAskAgain |= Array.Exists(answers, a => !a.IsLasting);
            if (Array.Exists(answers, a => !a.IsExact))
            {
                _inputs.UnionWith(new[] { plan.Unit?.WorkingDirectory }.OfType<string>());
            }
        }
    }

    /// <summary>What a unit is asked.</summary>
    /// <param name="Unit">The unit.</param>
    /// <param name="Impacts">The functions that it defines.</param>
    private sealed record Share(int Unit, List<ExactImpactBuilder> Impacts);
}
