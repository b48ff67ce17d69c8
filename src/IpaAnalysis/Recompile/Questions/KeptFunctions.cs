using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Questions.Texts;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>
/// Judges functions that the object holds and that are no longer there once a body is hidden, as they were inlined everywhere
/// then: each is kept out of line in both compiles. So a caller that GCC kept since the hidden function never returns is seen.
/// </summary>
/// <param name="text">The unit.</param>
/// <param name="opaque">The attributes that hide the body.</param>
/// <param name="problems">Takes the functions that cannot be judged.</param>
internal sealed class KeptFunctions(UnitText text, IReadOnlyList<Mark> opaque, InquiryProblems problems)
{
    private static readonly HashSet<string> s_nothing = [];

    /// <summary>Finds those whose code differs.</summary>
    /// <param name="gone">The functions, by their names in the source.</param>
    public async Task<ImmutableArray<FunctionDifference>> FindDifferent(IReadOnlyCollection<string> gone)
    {
        var open = new List<string>(gone);
        var found = ImmutableArray.CreateBuilder<FunctionDifference>();
        foreach (var attributes in (string[][])[[Mark.NotInlined], [Mark.NotInlined, Mark.OpenWorld]])
        {
            await Judge(open, [open], attributes, found).ConfigureAwait(false);
            await Judge(open, [.. open.Select(o => (List<string>)[o])], attributes, found).ConfigureAwait(false);
        }

        foreach (var origin in open)
        {
            problems.Add(InexactCauses.NotJudged(origin), isLasting: true);
        }

        return found.ToImmutable();
    }

    /// <summary>Judges groups; what could be judged is no longer open.</summary>
    private async Task Judge(
        List<string> open, List<List<string>> groups, string[] attributes, ImmutableArray<FunctionDifference>.Builder found)
    {
        foreach (var group in groups.Select(g => g.ToArray()).Where(g => g.Length > 0))
        {
            var definitions = text.FunctionsOf(group);
            Mark[] marks = [.. attributes.SelectMany(a => Mark.All(definitions.Where(d => a != Mark.OpenWorld || !d.IsUsed), a))];
            if (definitions.IsEmpty || marks.Length == 0)
            {
                continue;
            }

            var shipped = await text.Compare(marks, []).ConfigureAwait(false);
            var hidden = await text.Compare(opaque, marks).ConfigureAwait(false);
            if (group.Length > 1 && (shipped.Failure ?? hidden.Failure) is { IsOfText: true })
            {
                // Each alone shows which of them the text needs inlined.
                continue;
            }

            if (!shipped.TryGet("whether a function that stays out of line is the same", problems, out var same)
                || !hidden.TryGet("whether a function that stays out of line depends on it", problems, out var different))
            {
                continue;
            }

            foreach (var origin in group)
            {
                // Only the code that the object holds says anything.
                if (!definitions.Any(d => d.Symbol == origin) || !same.Compared.Contains(origin) || Attribution.Differs(same, origin, s_nothing) || !different.Compared.Contains(origin))
                {
                    continue;
                }

                open.Remove(origin);
                if (different.Differences.FirstOrDefault(d => d.Origin == origin) is { } difference)
                {
                    found.Add(difference);
                }
            }
        }
    }
}
