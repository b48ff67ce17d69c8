using System.Collections.Concurrent;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Compilers.Options;

/// <summary>
/// Tells which passes acted on objects: asks the very compiler that made each, once per distinct set of options. What cannot
/// be asked, or may not be run, is a problem of that object. Attributes of single functions cannot be seen.
/// </summary>
internal sealed class OptionExpander
{
    private readonly OptionExpanderSettings _settings;
    private readonly ProgramTable _programs;
    private readonly CompilerFinder _finder;
    private readonly AnswerCache _cache;
    private readonly ConcurrentDictionary<OptimizerQuestion, OptimizerAnswer> _answers = new();
    private readonly Dictionary<OptionsQuery, CompilerChoice> _choices = [];

    /// <summary>Makes an expander that remembers what it found out as long as it lives, and in the settings' file.</summary>
    public OptionExpander(OptionExpanderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings = settings with { Environment = CompilerEnvironment.For(settings.Environment, settings.UntrustedDirectories) };
        _settings = settings;
        _programs = new ProgramTable(settings.Environment, settings.BaseDirectory);
        _finder = new CompilerFinder(settings, _programs);
        _cache = new AnswerCache(settings.CacheFile, OptimizerProbe.SearchOf(settings.Environment));
    }

    /// <summary>The environment that compilers are run in.</summary>
    public IReadOnlyDictionary<string, string> Environment => _settings.Environment;

    /// <summary>The programs that were looked up, sorted by name: as long as each lookup gives the same, so do all answers.</summary>
    public IReadOnlyList<ProgramStamp> Programs => _programs.Stamps;

    /// <summary>Tells what objects' options mean, in the order of the queries.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left running.</exception>
    public IReadOnlyList<ObjectOptions> Expand(IReadOnlyList<OptionsQuery> queries, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var choices = Choose(queries, cancellation);
        AskAll([.. choices.Values.Where(c => c.Question is not null).Select(c => new Asking(c.Question!, c.IsRepeatable))], cancellation);
        var options = choices.ToDictionary(c => c.Key, c => ToOptions(c.Value));
        return [.. queries.Select(q => options[q])];
    }

    /// <summary>The flags to add behind those of the objects so that no forbidden pass is enabled any more, as their compilers confirm.</summary>
    /// <param name="queries">The objects; those whose options are unknown do not count.</param>
    /// <param name="forbidden">The passes that must not act.</param>
    /// <param name="livePatching">The level of <c>-flive-patching</c> that the policy stands for, preferred if it helps and all compilers take it; null for none.</param>
    /// <param name="cancellation">Ends the compilers.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left running.</exception>
    public RecommendedFlags Recommend(
        IReadOnlyCollection<OptionsQuery> queries, IReadOnlyCollection<IpaPass> forbidden, string? livePatching, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(forbidden);
        CompilerChoice[] choices = [.. Choose(queries, cancellation).Values.Where(c => c.Question is not null).DistinctBy(c => c.Question)];
        AskAll([.. choices.Select(c => new Asking(c.Question!, c.IsRepeatable))], cancellation);
        CompilerChoice[] known = [.. choices.Where(c => _answers[c.Question!].Refusal is null)];
        IpaPass[] switchable = [.. IpaPasses.All.Where(p => known.All(c => _answers[c.Question!].Existing.Contains(p.Name)))];
        return new FlagAdvisor(forbidden, switchable, added => Ask(known, added, cancellation)).Recommend(livePatching);
    }

    /// <summary>Writes the settings' file if the answers that were used differ from what it holds. Call it once, after everything was asked.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save() => _cache.Save();

    private Dictionary<OptionsQuery, CompilerChoice> Choose(IEnumerable<OptionsQuery> queries, CancellationToken cancellation)
    {
        var result = new Dictionary<OptionsQuery, CompilerChoice>();
        foreach (var query in queries)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!result.ContainsKey(query))
            {
                result[query] = _choices.TryGetValue(query, out var known) ? known : _choices[query] = _finder.Find(query, cancellation);
            }
        }

        return result;
    }

    private ObjectOptions ToOptions(CompilerChoice choice)
    {
        if (choice.Question is null)
        {
            return ObjectOptions.Unknown(choice.Compiler, choice.Facts.Deciding, choice.Problem!);
        }

        var answer = _answers[choice.Question];
        return answer.Refusal is { } refusal
            ? ObjectOptions.Unknown(choice.Compiler, choice.Facts.Deciding, CompilerProblems.Refused(choice.Compiler, refusal))
            : new ObjectOptions
            {
                Compiler = choice.Compiler,
                Identity = choice.Question.Compiler,
                Enabled = TableCorrections.Apply(answer, choice.Facts, choice.Question.Compiler.Major),
                Existing = answer.Existing,
                Deciding = choice.Facts.Deciding,
            };
    }

    /// <summary>What acts on any of the objects with more flags; null when a compiler refuses them.</summary>
    private HashSet<string>? Ask(CompilerChoice[] objects, IReadOnlyList<string> added, CancellationToken cancellation)
    {
        var questions = objects.Select(o => o.Question!.With(added)).ToList();
        AskAll([.. questions.Select((q, i) => new Asking(q, objects[i].IsRepeatable))], cancellation);
        return questions.Exists(q => _answers[q].Refusal is not null)
            ? null
            : questions
                .SelectMany(q => TableCorrections.Apply(_answers[q], FlagFacts.Of(q.Flags), q.Compiler.Major))
                .ToHashSet(StringComparer.Ordinal);
    }

    private void AskAll(Asking[] questions, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Asking[] open = [.. questions.DistinctBy(q => q.Question).Where(q => !_answers.ContainsKey(q.Question))];
        if (open.Length <= 1)
        {
            // The usual case. The machinery of parallel loops would have to be compiled first.
            Array.ForEach(open, Answer);
            return;
        }

        Parallel.ForEach(open, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _settings.Jobs), CancellationToken = cancellation }, Answer);

        void Answer(Asking q) => _answers[q.Question] = this.Answer(q.Question, q.IsRepeatable, cancellation);
    }

    private OptimizerAnswer Answer(OptimizerQuestion question, bool isRepeatable, CancellationToken cancellation)
    {
        if (isRepeatable && _cache.Find(question) is { } known)
        {
            return known;
        }

        var answer = OptimizerProbe.Ask(question, _settings.Environment, isRepeatable, cancellation);
        if (isRepeatable && !answer.IsTransient)
        {
            _cache.Add(question, answer);
        }

        return answer;
    }

    /// <summary>A question to ask, and whether its answer may be kept.</summary>
    private sealed record Asking(OptimizerQuestion Question, bool IsRepeatable);
}
