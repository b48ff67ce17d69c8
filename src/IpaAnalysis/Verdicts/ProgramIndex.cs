using System.Collections.Concurrent;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Graph;

namespace IpaAnalysis.Verdicts;

/// <summary>Makes the index of a program from the indices of its units, of which only the changed ones are made anew.</summary>
internal static class ProgramIndex
{
    private const int Few = 16;

    /// <summary>Makes the index.</summary>
    /// <param name="source">The units.</param>
    /// <param name="options">How many units to look at at once, where their indices are kept, and who is told of the progress.</param>
    /// <param name="diagnostics">Receives what the inputs could not show.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static IReadOnlyList<IndexRow> Make(
        GraphSource source, AnalysisOptions options, DiagnosticBag diagnostics, CancellationToken cancellation)
    {
        var cache = new IndexCache(options.IndexCacheFile);
        IndexSum sum;
        try
        {
            sum = Add(source, cache, options, cancellation);
        }
        catch (FormatException)
        {
            // The checksum of what is kept holds, but it was not written by this code.
            cache.Forget();
            sum = Add(source, cache, options, cancellation);
        }

        return sum.Finish(diagnostics);
    }

    /// <exception cref="FormatException">An index that was kept is none.</exception>
    private static IndexSum Add(GraphSource source, IndexCache cache, AnalysisOptions options, CancellationToken cancellation)
    {
        var keys = new Digest128?[source.Count];
        var indices = new ReadOnlyMemory<byte>[source.Count];
        var missing = new List<int>();
        for (var unit = 0; unit < source.Count; unit++)
        {
            keys[unit] = source.KeyOf(unit);
            if (keys[unit] is not { } key || !cache.TryGet(key, out indices[unit]))
            {
                missing.Add(unit);
            }
        }

        MakeMissing(source, missing, indices, options, cancellation);
        var sum = new IndexSum(source);
        foreach (var index in indices)
        {
            sum.Add(index.Span);
        }

        cache.Keep(keys, indices);
        return sum;
    }

    private static void MakeMissing(
        GraphSource source, List<int> missing, ReadOnlyMemory<byte>[] indices, AnalysisOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var counter = new WorkCounter(options.Progress, WorkPhase.AnalyzingUnits, missing.Count);
        if (missing.Count <= Few)
        {
            // The usual case. The machinery of parallel loops would have to be compiled first.
            var maker = new UnitIndex();
            foreach (var unit in missing)
            {
                cancellation.ThrowIfCancellationRequested();
                indices[unit] = maker.Make(source.Load(unit));
                counter.Add(1);
            }

            return;
        }

        Parallel.ForEach(
            Partitioner.Create(missing, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancellation },
            static () => new UnitIndex(),
            (unit, _, own) =>
            {
                indices[unit] = own.Make(source.Load(unit));
                counter.Add(1);
                return own;
            },
            static _ => { });
    }
}
