using System.Collections.Immutable;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Asks one unit's compiler what depends on one function.</summary>
internal sealed class FunctionInquiry(UnitText text, CompiledText baseline, IReadOnlyCollection<string> enabledPasses)
{
    /// <summary>Asks.</summary>
    public async Task<FunctionAnswer> Ask(FunctionQuestion question)
    {
        var definitions = text.FunctionsOf(question.Symbols);
        if (CauseOf(definitions) is { } cause)
        {
            return new FunctionAnswer { Cause = cause };
        }

        var opaque = new OpaqueInquiry(text, baseline, enabledPasses, question.Explained.ToHashSet(StringComparer.Ordinal));
        var answer = await opaque.Ask(definitions, question.Symbols.ToHashSet(StringComparer.Ordinal)).ConfigureAwait(false);
        if (text.FunctionsOf(question.Sharing) is { IsEmpty: false } sharing)
        {
            // Hidden alone, the function would leave the others the body; whoever calls one of them comes to what replaces it.
            var all = question.Symbols.Union(question.Sharing).ToHashSet(StringComparer.Ordinal);
            answer = Join(answer, await opaque.Ask([.. definitions.Union(sharing)], all).ConfigureAwait(false));
        }

        var openWorld = new OpenWorldInquiry(text, baseline, enabledPasses);
        var bodies = definitions.AddRange(text.FunctionsOf(question.Held));
        return answer with
        {
            Cause = text.Source.Gaps.IsEmpty ? answer.Cause : InexactCauses.SourceNotUnderstood(text.Source.Gaps[0]),
            UnsafeCallees = await openWorld.FindUnsafeCallees(bodies).ConfigureAwait(false),
            FoldedVariables = await openWorld.FindFoldedVariables(bodies).ConfigureAwait(false),
        };
    }

    /// <summary>Why a function's body cannot be hidden; null when it can.</summary>
    private static string? CauseOf(ImmutableArray<Definition> definitions) =>
        definitions.IsEmpty ? InexactCauses.NotFound
        : definitions.Any(d => d.IsAlwaysInline) ? InexactCauses.AlwaysInline
        : definitions.Any(d => d.HasAttribute("target_clones") || d.HasAttribute("simd")) ? InexactCauses.Versions
        : null;

    /// <summary>What either of two answers shows.</summary>
    private static FunctionAnswer Join(FunctionAnswer first, FunctionAnswer second)
    {
        var facts = first.Facts.Concat(second.Facts).DistinctBy(d => d.Symbol).OrderBy(d => d.Symbol, StringComparer.Ordinal).ToImmutableArray();
        var different = first.Different.Union(second.Different).Order(StringComparer.Ordinal).ToImmutableArray();
        return new FunctionAnswer
        {
            Cause = first.Cause ?? second.Cause,
            Facts = facts,
            Decisions =
            [
                .. first.Decisions.Concat(second.Decisions)
                    .DistinctBy(d => d.Symbol)
                    .ExceptBy(facts.Select(f => f.Symbol), d => d.Symbol)
                    .OrderBy(d => d.Symbol, StringComparer.Ordinal),
            ],
            Different = different,
            Same = [.. first.Same.Except(different)],
        };
    }
}
