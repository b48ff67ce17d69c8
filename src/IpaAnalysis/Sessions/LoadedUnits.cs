using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Graph;
using IpaAnalysis.Recompile;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Sessions.Requests;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Summaries.Store;

namespace IpaAnalysis.Sessions;

/// <summary>The units of a build with their summaries up to date: where an analysis and an explanation start from.</summary>
internal sealed class LoadedUnits : IDisposable
{
    /// <summary>Who the store's files belong to in the list of outputs.</summary>
    public const string OutputCategory = "store";

    private readonly SessionFiles _files;
    private readonly SessionSettings _settings;

    private LoadedUnits(CollectedUnits collected, SummaryStore store, SessionFiles files, SessionSettings settings)
    {
        (Collected, Store, _files, _settings) = (collected, store, files, settings);
        Source = new GraphSource(collected.Units, store);
    }

    /// <summary>What collecting found.</summary>
    public CollectedUnits Collected { get; }

    /// <summary>The units' summaries.</summary>
    public SummaryStore Store { get; }

    /// <summary>The same as the graph takes them.</summary>
    public GraphSource Source { get; }

    /// <summary>A hash of what the units' files say: the same however often they are touched.</summary>
    public byte[] ContentKey => Store.ContentKey(Collected);

    /// <summary>Reads what is new in the units' files, says so, and lists the store's files for Clean.</summary>
    /// <param name="collected">What collecting found; null when it is to be read.</param>
    /// <param name="memory">What collecting saw of the files; null when it is to be read.</param>
    /// <param name="settings">What the session is told.</param>
    /// <param name="log">Takes what is said.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="FileNotFoundException">The list of units is missing or damaged.</exception>
    public static LoadedUnits Open(
        CollectedUnits? collected, CollectionMemory? memory, SessionSettings settings, SessionLog log, CancellationToken cancellation)
    {
        var files = new SessionFiles(settings.OutputList);

        // Begun first, as it goes on beside the reading of the list.
        using var reading = StoreReading.Begin(files.Summaries);
        collected ??= CollectedUnits.Read(files.Units, out _);
        var store = StoredSummaries.Open(collected, reading, memory?.StampsOf(collected.Units.Count), files, settings, cancellation);
        log.Detail(store.Describe(collected));
        log.Note(store.RunOf(collected));
        if (store.Problem is { } problem)
        {
            log.Add(problem);
        }

        if (!settings.OnlyAsks)
        {
            Files.OutputList.Load(settings.OutputList, settings.ProjectDirectory).Replace(OutputCategory, store.Files);
        }

        return new LoadedUnits(collected, store, files, settings);
    }

    /// <summary>Makes what asks compilers for the meaning of options.</summary>
    /// <param name="compiler">The compiler that is asked where an object names none.</param>
    public OptionExpander OpenExpander(string compiler) => new(new OptionExpanderSettings
    {
        DefaultCompiler = compiler,
        Environment = _settings.Environment,
        UntrustedDirectories = Collected.UntrustedDirectories,
        BaseDirectory = _settings.ProjectDirectory,
        Jobs = _settings.Jobs,
        CacheFile = _files.Options,
    });

    /// <summary>Makes what asks compilers about bodies.</summary>
    /// <param name="expander">Finds the compilers.</param>
    public ExactImpactAnalyzer OpenExactImpact(OptionExpander expander) => new(
        new ExactSettings
        {
            UnitOf = Find,
            Directory = _files.Recompiles,
            CacheFile = _files.Answers,
            Jobs = _settings.Jobs,
            Progress = _settings.Progress,
        },
        expander);

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

    /// <summary>Searches the units, which are sorted: a few of many are ever asked for.</summary>
    private Unit? Find(string name)
    {
        var (low, high) = (0, Collected.Units.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            switch (Utf8Order.Instance.Compare(Collected.Units[middle].Object, name))
            {
                case 0:
                    return Collected.Units[middle];
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return null;
    }
}
