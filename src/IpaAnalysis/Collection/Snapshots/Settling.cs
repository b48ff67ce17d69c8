using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Collection.Snapshots;

/// <summary>
/// Waits until what changed a moment ago can no longer change without another time stamp. Safe for several threads.
/// </summary>
internal sealed class Settling
{
    /// <summary>While something writes all the time, waiting has no end.</summary>
    private const int MostWaits = 3;

    private int _waits;

    /// <summary>The state of a file that is about to be read.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="identity">Its state; the default when it cannot be looked at.</param>
    /// <returns>Whether a later change will show in its state.</returns>
    public bool Await(string path, out FileIdentity identity)
    {
        while (FileIdentity.TryGet(path, out identity))
        {
            var now = FileIdentity.NowNanoseconds;
            if (identity.IsSettledAt(now))
            {
                return true;
            }

            if (!Wait(identity, now))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Waits if that is soon over.</summary>
    /// <returns>Whether it waited.</returns>
    public bool Wait(FileIdentity identity, long now)
    {
        var wait = identity.UnsettledFor(now);
        if (wait == 0 || Interlocked.Increment(ref _waits) > MostWaits)
        {
            return false;
        }

        Thread.Sleep((int)(wait / 1_000_000) + 1);
        return true;
    }
}
