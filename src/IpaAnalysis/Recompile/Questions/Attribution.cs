using System.Collections.Immutable;
using IpaAnalysis.Passes;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Questions.Texts;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Finds the pass by which code depends on what an attribute takes away: it switches passes off in both compiles.</summary>
internal static class Attribution
{
    // As many at once as the pool may ever run at once for one unit without much in vain.
    private const int Window = 4;

    /// <summary>Names a pass for each function.</summary>
    /// <param name="text">The unit.</param>
    /// <param name="marks">The attributes that make the difference.</param>
    /// <param name="passes">The passes to try, in order.</param>
    /// <param name="origins">The functions that differ, by their names in the source.</param>
    /// <param name="explained">Symbols whose difference has another reason.</param>
    /// <param name="problems">Takes the compiles that failed, but for texts that the compiler refuses without a pass: then that pass is not named.</param>
    /// <returns>The first pass without which a function is the same; <c>combination</c> when it takes several, <c>unknown</c> when it differs without all.</returns>
    public static async Task<Dictionary<string, string>> Find(
        UnitText text,
        IReadOnlyList<Mark> marks,
        ImmutableArray<IpaPass> passes,
        IReadOnlyCollection<string> origins,
        IReadOnlySet<string> explained,
        InquiryProblems problems)
    {
        var named = origins.ToDictionary(o => o, _ => ClonePasses.Unknown.Name, StringComparer.Ordinal);
        if (passes.IsEmpty || origins.Count == 0)
        {
            return named;
        }

        var without = DifferencesOf(await text.Compare(marks, [], [.. passes.Select(p => p.Negation)]).ConfigureAwait(false), problems);
        if (without is null)
        {
            return named;
        }

        var open = origins.Where(o => !Differs(without, o, explained)).ToList();
        open.ForEach(o => named[o] = PassOrder.Combination);
        for (var start = 0; start < passes.Length && open.Count > 0; start += Window)
        {
            var tried = passes.AsSpan(start, Math.Min(Window, passes.Length - start)).ToArray();
            var comparisons = await Task.WhenAll(tried.Select(p => text.Compare(marks, [], p.Negation))).ConfigureAwait(false);
            foreach (var (pass, compared) in tried.Zip(comparisons))
            {
                var comparison = DifferencesOf(compared, problems);
                foreach (var origin in open.Where(o => comparison is not null && !Differs(comparison, o, explained)).ToList())
                {
                    named[origin] = pass.Name;
                    open.Remove(origin);
                }
            }
        }

        return named;
    }

    /// <summary>The pass is no more than a name: that the text does not compile without it leaves the dependants known.</summary>
    private static AssemblyComparison? DifferencesOf(TextComparison compared, InquiryProblems problems) =>
        compared.Failure is not { IsOfText: true } && compared.TryGet("by which pass functions depend on it", problems, out var differences) ? differences : null;

    /// <summary>Whether a function differs in a symbol that nothing else explains.</summary>
    public static bool Differs(AssemblyComparison comparison, string origin, IReadOnlySet<string> explained) =>
        comparison.Differences.Any(d => d.Origin == origin && d.Symbols.Any(s => !explained.Contains(s)));
}
