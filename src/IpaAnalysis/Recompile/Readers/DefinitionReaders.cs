using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Graph;
using IpaAnalysis.Impact;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Summaries;

namespace IpaAnalysis.Recompile.Readers;

/// <summary>
/// Finds units that read a function's definition and whose files hold no trace of it: a call that GCC dropped because the function is
/// pure leaves none. They are known by what the build recorded that they read, else by their text.
/// </summary>
/// <param name="settings">What is known of units.</param>
/// <param name="planner">Tells how to compile them.</param>
/// <param name="environment">The environment of compilers.</param>
internal sealed class DefinitionReaders(ExactSettings settings, UnitPlanner planner, IReadOnlyDictionary<string, string> environment)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<string> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ImmutableArray<AddedFunction>> _added = [];
    private readonly List<UnreadUnit> _unread = [];

    /// <summary>Absolute paths of the files on which it depends who reads what, where no record of the build tells.</summary>
    public IReadOnlyCollection<string> Inputs => _inputs;

    /// <summary>Whether a unit could not be looked at for something that may pass.</summary>
    public bool MustReadAgain { get; private set; }

    /// <summary>Finds them.</summary>
    /// <param name="source">All units.</param>
    /// <param name="graph">The graph over those whose files tell of the functions.</param>
    /// <param name="queries">What the user wants patched.</param>
    /// <param name="cancellation">Ends the compilers.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; nothing is left running.</exception>
    public ReaderFindings Find(
        GraphSource source, DependencyGraph graph, IReadOnlyCollection<FunctionQuery> queries, CancellationToken cancellation)
    {
        var functions = SoughtFunctions.Of(source, graph, queries, settings.UnitOf);
        var open = CandidatesOf(source, functions, cancellation);
        if (open.Count > 0)
        {
            Read(source, open, cancellation);
        }

        return new ReaderFindings(_added, [.. _unread]);
    }

    private List<Candidate> CandidatesOf(GraphSource source, List<SoughtFunction> functions, CancellationToken cancellation)
    {
        var found = new List<Candidate>();
        if (functions.Count == 0)
        {
            return found;
        }

        var candidates = new ReaderCandidates();
        for (var i = 0; i < source.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = source.ObjectOf(i);
            if (settings.UnitOf(name) is not { } unit)
            {
                continue;
            }

            SoughtFunction[] wanted = [.. functions.Where(f => !f.Holders.Contains(name))];
            if (wanted.Length == 0 || (wanted.All(static f => f.File is null) && !IsSourceThere(unit)))
            {
                continue;
            }

            var readable = wanted.Select(f => (Function: f, CanRead: candidates.CanRead(unit, f))).Where(static r => r.CanRead != false).ToArray();
            if (readable.Length > 0)
            {
                found.Add(new Candidate(i, unit, [.. readable.Select(static r => r.Function)], readable.Any(static r => r.CanRead is null)));
            }
        }

        return found;
    }

    private static bool IsSourceThere(Unit unit) => unit.SourcePath is { } path && File.Exists(path);

    private void Read(GraphSource source, List<Candidate> open, CancellationToken cancellation)
    {
        var plans = planner.Plan([.. open.Select(c => (c.Unit, source.Load(c.Index).Summary))], cancellation);
        using var runs = new RunDirectory(settings.Directory);
        using var pool = new CompilePool(settings.Jobs, cancellation);
        var counter = new WorkCounter(settings.Progress, WorkPhase.AskingCompilers, open.Count);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, settings.Jobs) + 1, CancellationToken = cancellation };
        Parallel.ForEachAsync(open.Zip(plans), limits, async (work, _) =>
        {
            await Read(work.First, work.Second, runs, pool).ConfigureAwait(false);
            counter.Add(1);
        }).GetAwaiter().GetResult();
        _unread.Sort(static (a, b) => (string.CompareOrdinal(a.Cause.Object, b.Cause.Object), string.CompareOrdinal(a.Function.Name, b.Function.Name)) switch
        {
            (0, var byName) => byName,
            (var byObject, _) => byObject,
        });
    }

    private async Task Read(Candidate candidate, UnitPlan plan, RunDirectory runs, CompilePool pool)
    {
        var cause = plan.Cause;
        ImmutableArray<(SoughtFunction Sought, AddedFunction Added)> found = [];
        IEnumerable<string> files = [];
        var mustReadAgain = false;
        if (plan.Command is { } command)
        {
            var compiler = new UnitCompiler(command, environment, settings.Bounds, runs.ForUnit(candidate.Index), plan.Machine, pool);
            var reading = new UnitReading(candidate.Unit, compiler);
            (found, cause) = await reading.Find(candidate.Functions).ConfigureAwait(false);
            mustReadAgain = reading.MayReadAgain;
            files = candidate.IsUnrecorded ? reading.Files(command.Directory).ToArray() : [];
        }

        lock (_lock)
        {
            MustReadAgain |= mustReadAgain;
            if (cause is not null)
            {
                // Where a function is only sought by name, a unit that cannot be read says nothing of it.
                _unread.AddRange(candidate.Functions.Where(static f => f.File is not null).Select(f => new UnreadUnit(f, new InexactCause(candidate.Unit.Object, cause))));
                _inputs.UnionWith(new[] { candidate.Unit.SourcePath, candidate.Unit.CommandFile }.OfType<string>());
            }

            _inputs.UnionWith(files);
            if (!found.IsEmpty)
            {
                _added[candidate.Index] = [.. found.Select(static f => f.Added)];
            }
        }
    }

    /// <summary>A unit to look at.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="Unit">The unit.</param>
    /// <param name="Functions">The functions that it may read.</param>
    /// <param name="IsUnrecorded">Whether nothing records what it reads.</param>
    private sealed record Candidate(int Index, Unit Unit, IReadOnlyList<SoughtFunction> Functions, bool IsUnrecorded);
}
