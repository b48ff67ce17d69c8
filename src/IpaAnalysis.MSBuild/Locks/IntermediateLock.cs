using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files.Locks;

namespace IpaAnalysis.MSBuild.Locks;

/// <summary>
/// The locks of one project instance over its intermediate directory and the directories in which make builds for it, kept
/// from its first task to its last. No task of ours ends such a pause for certain: the project may never come to the next one,
/// or a target of the user's may start a build that waits for this one. So a lock that rests for long is offered to whoever
/// waits for it, and the project that comes back then finds it <see cref="IsHeld">gone</see>. Without anyone waiting nothing
/// is lost.
/// </summary>
internal sealed class IntermediateLock : IDisposable
{
    /// <summary>How long a lock may rest between two tasks of its project before it is offered.</summary>
    internal static readonly TimeSpan RestLimit = TimeSpan.FromSeconds(30);

    // Longer than those who wait take between two looks, and each look shorter than any work.
    private static readonly TimeSpan s_offer = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<LockedPath> _paths;
    private readonly List<FileLock> _locks = [];
    private ITimer? _timer;
    private bool _isHeld = true;
    private bool _isInUse = true;
    private long _restsSince;

    private IntermediateLock(IReadOnlyList<LockedPath> paths, TimeProvider clock) => (_paths, _clock) = (paths, clock);

    /// <summary>What could not be locked, and why.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; private set; } = [];

    /// <summary>Whether the lock was neither given back nor lost.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_gate)
            {
                return _isHeld;
            }
        }
    }

    /// <summary>How long no task has used it; zero while one does.</summary>
    public TimeSpan Rest
    {
        get
        {
            lock (_gate)
            {
                return _isHeld && !_isInUse ? _clock.GetElapsedTime(_restsSince) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Takes all locks or none, so that nobody holds one while it waits for another.</summary>
    /// <param name="paths">What to lock, in the order of <see cref="LockedPath.InOrder"/>.</param>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="busy">What someone else holds; null when nothing is.</param>
    /// <returns>The locks, in use; null when one is busy.</returns>
    public static IntermediateLock? TryTake(IReadOnlyList<LockedPath> paths, TimeProvider clock, out LockedPath? busy)
    {
        var taken = new IntermediateLock(paths, clock);
        busy = taken.TakeAll();
        if (busy is null)
        {
            return taken;
        }

        taken.Dispose();
        return null;
    }

    /// <summary>A task of the project uses the lock from now on.</summary>
    /// <returns>False when it is no longer held.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_isHeld)
            {
                _isInUse = true;
                _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            return _isHeld;
        }
    }

    /// <summary>The task is done with it, and the next one of the project is to find it.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _isInUse = false;
            _restsSince = _clock.GetTimestamp();
            _timer ??= _clock.CreateTimer(_ => Offer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(RestLimit, RestLimit);
        }
    }

    /// <summary>Gives all locks back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isHeld = false;
            _isInUse = false;
            _timer?.Dispose();
            Release();
        }
    }

    private LockedPath? TakeAll()
    {
        var problems = new List<Diagnostic>();
        foreach (var path in _paths)
        {
            var attempt = path.TryTake();
            switch (attempt.Status)
            {
                case LockStatus.Taken:
                    _locks.Add(attempt.Lock!);
                    break;
                case LockStatus.Busy:
                    Release();
                    return path;
                case LockStatus.Refused:
                    problems.Add(DiagnosticCatalog.LockRefused.At(
                        path.Path, 0, $"It cannot be locked ({attempt.Reason}), so that nothing keeps another build from working there at the same time. Build in a directory that can be written, on a file system with locks, or never twice at once."));
                    break;
                default:
                    // What is missing is nobody's, and the task says so itself where it needs it.
                    break;
            }
        }

        Problems = problems;
        return null;
    }

    /// <summary>Lets whoever waits have the locks; takes them back when nobody has come.</summary>
    private void Offer()
    {
        lock (_gate)
        {
            if (!_isHeld || _isInUse)
            {
                return;
            }

            Release();
            var isWanted = false;
            for (var end = DateTime.UtcNow + s_offer; !isWanted && DateTime.UtcNow < end;)
            {
                Thread.Sleep(s_look);
                isWanted = _paths.Any(static p => p.IsBusy());
            }

            _isHeld = !isWanted && TakeAll() is null;
            if (!_isHeld)
            {
                _timer?.Dispose();
            }
        }
    }

    private void Release()
    {
        _locks.ForEach(static l => l.Dispose());
        _locks.Clear();
    }
}
