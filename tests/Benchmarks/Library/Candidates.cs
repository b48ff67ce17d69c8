using System.Collections.Immutable;
using IpaAnalysis.Benchmarks.Corpora;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Benchmarks.Library;

/// <summary>Functions that the rows patch or explain: something depends on them, and each name means one function.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Totals">What else was counted on the way.</param>
internal sealed record Candidates(ImmutableArray<string> Names, AnalysisTotals Totals)
{
    /// <summary>The same functions for the same tree.</summary>
    /// <exception cref="InvalidOperationException">The tree has too few.</exception>
    public static Candidates Choose(Corpus corpus, int threads, int count)
    {
        var result = new LibraryWork(corpus.Directory, threads, []).Cold(ManifestScope.Index);
        var functions = result.Graph.SourceFunctions;
        var used = functions.CountBy(static f => f.Name).ToDictionary();
        string[] names = [.. result.Index.Where(row => row.AffectedCount is >= 2 and <= 50)
            .Select(row => row.Function.Name)
            .Where(name => used[name] == 1)];

        // A name may also be the symbol of something else: there is a second one for each.
        var chosen = ImmutableArray.CreateBuilder<string>();
        var step = Math.Max(1, names.Length / (count * 2));
        for (var i = 0; i < names.Length && chosen.Count < count; i += step)
        {
            if (LibraryWork.MeansOne(result.Graph, names[i]))
            {
                chosen.Add(names[i]);
            }
        }

        return chosen.Count == count
            ? new Candidates(chosen.ToImmutable(), result.Totals)
            : throw new InvalidOperationException($"{corpus.Directory} has only {chosen.Count} functions that a row can patch; {count} are needed.");
    }
}
