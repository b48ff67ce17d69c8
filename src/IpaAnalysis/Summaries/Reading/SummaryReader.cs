using System.Collections.Concurrent;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Summaries.Reading;

/// <summary>Reads the files of units into summaries.</summary>
internal static class SummaryReader
{
    /// <summary>Reads units on several threads.</summary>
    /// <param name="units">The units.</param>
    /// <param name="threads">How many to read at once.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The summaries, in the order of the units.</returns>
    public static ObjectSummary[] ReadAll(IReadOnlyList<Unit> units, int threads, CancellationToken cancellation)
    {
        var summaries = new ObjectSummary[units.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };

        // Single units, not ranges: a few are a hundred times the size of the rest.
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, units.Count), EnumerablePartitionerOptions.NoBuffering),
            options,
            static () => new UnitReader(),
            (i, _, reader) =>
            {
                summaries[i] = reader.Read(units[i]);
                return reader;
            },
            static _ => { });
        return summaries;
    }

    /// <summary>Reads the files of one unit. What cannot be read is told in the summary's diagnostics.</summary>
    public static ObjectSummary Read(Unit unit) => new UnitReader().Read(unit);
}
