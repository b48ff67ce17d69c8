using System.Globalization;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Collection;

/// <summary>
/// What collecting saw the last time, compared with what is there now. While no answer of the file system changed, the
/// units are the same and nothing is collected; else only what changed is listed and read again.
/// </summary>
internal sealed class CollectionMemory
{
    private const int MostReasons = 20;

    private readonly Snapshot? _snapshot;
    private readonly List<SnapshotChange> _changes;
    private readonly Topics _topics;
    private readonly int _threads;
    private readonly bool _isPatched;
    private TreeObserver? _observer;

    private CollectionMemory(Snapshot? snapshot, List<SnapshotChange> changes, Topics topics, int threads)
    {
        _snapshot = snapshot;
        _changes = changes;
        _topics = topics;
        _threads = threads;
        if (snapshot is not null)
        {
            _isPatched = Patch(snapshot, changes);
            FilesKey = UnitFileStates.KeyOf(snapshot.Entries);
        }
    }

    /// <summary>What the last collection noted; null when nothing is remembered.</summary>
    public byte[]? Notes => _snapshot?.Tail.ToArray();

    /// <summary>Whether what collecting depends on is as it was, so that the units are those of the last time.</summary>
    public bool HasSameUnits => _snapshot is not null && _changes.TrueForAll(static c => c.Answer is null);

    /// <summary>The first file that makes another result possible, and why; null when there is none.</summary>
    public (string File, string Reason)? FirstChange =>
        _changes.Find(c => c.Answer is not null || IsUnitFile(c)) is { } change ? (PathOf(change), change.Reason) : null;

    /// <summary>Why work is done again: one text per file, <c>PATH: why</c>; at most some twenty and one that counts the rest.</summary>
    public IEnumerable<string> Reasons
    {
        get
        {
            foreach (var change in _changes.Take(MostReasons))
            {
                yield return $"{PathOf(change)}: {change.Reason}";
            }

            if (_changes.Count > MostReasons)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{_changes.Count - MostReasons} more files were looked at again.");
            }
        }
    }

    /// <summary>A hash of the states of all units' files; empty when a change of one of them might not show in its state.</summary>
    public byte[] FilesKey { get; private set; } = [];

    internal TreeObserver Observer => _observer ??= TreeObserver.With(_topics, Answers());

    /// <summary>Remembers, and compares with the file system.</summary>
    /// <param name="path">Absolute path of the file that holds the memory; one that is missing or damaged is as none.</param>
    /// <param name="threads">How many threads may look.</param>
    /// <param name="forget">Whether to look at everything anew in any case.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static CollectionMemory Open(string path, int threads, bool forget, CancellationToken cancellation)
    {
        var topics = new Topics(new WordLists());
        if (!forget && Snapshot.TryRead(path) is { } snapshot && snapshot.TryReadLists(topics.Lists))
        {
            return new CollectionMemory(snapshot, new SnapshotCheck(snapshot, topics, threads, cancellation).Run(), topics, threads);
        }

        return new CollectionMemory(null, [], new Topics(new WordLists()), threads);
    }

    /// <summary>A map for source paths whose roots are remembered too.</summary>
    /// <param name="roots">Absolute directories; see <see cref="SourcePathMap"/>.</param>
    public SourcePathMap Map(IEnumerable<string> roots) => new(roots, Observer.RealPath);

    /// <summary>The states of the units' files, as far as the units are those that are remembered.</summary>
    /// <param name="unitCount">How many units there are.</param>
    /// <returns>Null when they have to be read from what was written.</returns>
    public UnitStamps? StampsOf(int unitCount) => HasSameUnits ? UnitStamps.Of(_snapshot!, unitCount) : null;

    /// <summary>Keeps what the check saw when the units are the same; writes nothing when no state changed.</summary>
    /// <param name="path">Absolute path.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Refresh(string path)
    {
        if (_isPatched)
        {
            _snapshot!.Write(path);
        }
    }

    /// <summary>Keeps what was asked since, and the states of the units' files.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="units">The units.</param>
    /// <param name="notes">What the next collection must know of this one.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string path, IReadOnlyList<Unit> units, byte[] notes)
    {
        ArgumentNullException.ThrowIfNull(units);
        var writer = new SnapshotWriter();
        UnitFileStates.Add(writer, units, _threads);
        FilesKey = UnitFileStates.KeyOf(writer.Entries);
        foreach (var question in Observer.Asked.Keys.Order())
        {
            writer.Add(question, Observer.Asked[question]);
        }

        writer.Write(path, _topics.Lists, notes);
    }

    /// <summary>Puts the states of now into the snapshot.</summary>
    /// <returns>Whether one differs; that one is surer than before is no reason to write.</returns>
    private static bool Patch(Snapshot snapshot, List<SnapshotChange> changes)
    {
        var differs = false;
        foreach (var change in changes)
        {
            ref var entry = ref snapshot.Entries[change.Index];
            differs |= entry.Identity != change.Identity || (entry.IsSettled != 0 && !change.IsSettled);
            entry.Identity = change.Identity;
            entry.IsSettled = change.IsSettled ? (byte)1 : (byte)0;
        }

        return differs;
    }

    /// <summary>Every answer as it is now.</summary>
    private Dictionary<Question, Answer> Answers()
    {
        var answers = new Dictionary<Question, Answer>();
        if (_snapshot is null)
        {
            return answers;
        }

        foreach (ref readonly var entry in _snapshot.Entries)
        {
            if (entry.Kind != QuestionKind.UnitFile)
            {
                answers[_snapshot.QuestionOf(in entry)] = new Answer(_snapshot.ContentOf(in entry), entry.Identity, entry.IsSettled != 0);
            }
        }

        foreach (var change in _changes)
        {
            if (change.Answer is { } answer)
            {
                answers[_snapshot.QuestionOf(in _snapshot.Entries[change.Index])] = answer;
            }
        }

        return answers;
    }

    private bool IsUnitFile(SnapshotChange change) => _snapshot!.Entries[change.Index].Kind == QuestionKind.UnitFile;

    private string PathOf(SnapshotChange change) => _snapshot!.PathOf(in _snapshot.Entries[change.Index]);
}
