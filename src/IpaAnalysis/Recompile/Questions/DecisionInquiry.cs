using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Questions.Texts;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>
/// Tells functions that rely on nothing from those that do: hiding a body also shifts what else the compiler inlines. What is
/// inlined into a function in one compile only is kept from it in both; then the function has to be the same in both, and the
/// same as in the object, or it counts as dependent.
/// </summary>
internal static class DecisionInquiry
{
    private const string Question = "whether only inlining differs";

    /// <summary>Finds the functions that came out differently by such a decision only.</summary>
    /// <param name="text">The unit.</param>
    /// <param name="opaque">The attributes that hide the patched function's body.</param>
    /// <param name="own">Symbols of the patched function.</param>
    /// <param name="differences">The functions that differ without a copy of the body.</param>
    /// <param name="explained">Symbols whose difference has another reason.</param>
    /// <param name="problems">Takes the compiles that failed; what they were to show counts as dependent.</param>
    public static async Task<HashSet<string>> Find(
        UnitText text,
        IReadOnlyList<Mark> opaque,
        IReadOnlySet<string> own,
        IReadOnlyList<FunctionDifference> differences,
        IReadOnlySet<string> explained,
        InquiryProblems problems)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var before = await text.Compile().ConfigureAwait(false);
        var after = await text.Compile(opaque).ConfigureAwait(false);
        var groups = differences
            .Select(d => (Difference: d, Kept: Inlined(before, after, d, own)))
            .Where(g => g.Kept.Count > 0)
            .GroupBy(g => string.Join('\n', g.Kept), g => g, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var kept = group.First().Kept;
            var definitions = text.FunctionsOf(kept);
            if (definitions.Any(d => d.IsAlwaysInline) || kept.Any(k => !definitions.Any(d => d.Symbol == k)))
            {
                continue;
            }

            var marks = Mark.All(definitions, Mark.NotInlined);
            var hidden = await text.Compare(opaque, marks).ConfigureAwait(false);
            var shipped = await text.Compare(marks, []).ConfigureAwait(false);
            if (hidden.TryGet(Question, problems, out var comparison) && shipped.TryGet(Question, problems, out var same))
            {
                found.UnionWith(group.Select(g => g.Difference.Origin).Where(o =>
                    comparison.Compared.Contains(o) && same.Compared.Contains(o)
                    && !Attribution.Differs(comparison, o, explained)
                    && !Attribution.Differs(same, o, explained)));
            }
        }

        return found;
    }

    private static SortedSet<string> Inlined(CompiledText before, CompiledText after, FunctionDifference difference, IReadOnlySet<string> own)
    {
        var changed = before.Inlinings.ChangesReaching(after.Inlinings, difference.Symbols);
        changed.ExceptWith(own);
        return changed;
    }
}
