using System.Collections.Immutable;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Questions.Answers;
using IpaAnalysis.Recompile.Questions.Texts;
using IpaAnalysis.Recompile.Source;
using IpaAnalysis.Recompile.Source.Declarations;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Asks one unit's compiler what depends on one function.</summary>
/// <param name="text">The unit's text.</param>
/// <param name="baseline">What it compiles to.</param>
/// <param name="enabledPasses">The passes that act.</param>
/// <param name="unit">The unit, whose paths messages name; null when it is not known.</param>
internal sealed class FunctionInquiry(UnitText text, CompiledText baseline, IReadOnlyCollection<string> enabledPasses, Unit? unit)
{
    /// <summary>What depends on one function, which callees are unsafe and which variables were folded, with all that could not be asked.</summary>
    public async Task<FunctionAnswer> Ask(FunctionQuestion question)
    {
        var definitions = text.FunctionsOf(question.Symbols, question.Nested);
        if (CauseOf(question, definitions) is { } cause)
        {
            return FunctionAnswer.Unknown(cause, isLasting: true);
        }

        var problems = new InquiryProblems();
        if (FindGap(question, definitions) is { } gap)
        {
            problems.Add(InexactCauses.SourceNotUnderstood(gap, unit), isLasting: true);
        }

        var opaque = new OpaqueInquiry(text, baseline, enabledPasses, question.Explained.ToHashSet(StringComparer.Ordinal), problems);
        var answer = await opaque.Ask(definitions, question.Symbols.ToHashSet(StringComparer.Ordinal)).ConfigureAwait(false);
        if (text.FunctionsOf(question.Sharing, question.Nested) is { IsEmpty: false } sharing)
        {
            // Hidden alone, the function would leave the others the body; whoever calls one of them comes to what replaces it.
            var all = question.Symbols.Union(question.Sharing).ToHashSet(StringComparer.Ordinal);
            answer = answer.And((await opaque.Ask([.. definitions.Union(sharing)], all).ConfigureAwait(false)).Without(question.Apart));
        }

        var openWorld = new OpenWorldInquiry(text, baseline, enabledPasses, problems);
        var bodies = definitions.AddRange(text.FunctionsOf(question.Held, question.Nested));
        answer = answer with
        {
            UnsafeCallees = await openWorld.FindUnsafeCallees(bodies).ConfigureAwait(false),
            FoldedVariables = await openWorld.FindFoldedVariables(bodies).ConfigureAwait(false),
        };
        return answer with { Problems = problems.ToImmutable() };
    }

    /// <summary>
    /// What was not understood and may concern the question: it mentions the function or one of its other names, or what its body or
    /// the bodies that it holds mention, so that it could define that. Names of types are none of functions and variables.
    /// </summary>
    private SourceGap? FindGap(FunctionQuestion question, ImmutableArray<Definition> definitions)
    {
        if (text.Source.Gaps.IsEmpty)
        {
            return null;
        }

        string[] symbols = [.. question.Symbols, .. question.Sharing, .. question.Held];
        var bodies = definitions.AddRange(text.FunctionsOf(symbols));
        var names = bodies.SelectMany(text.Source.Mentions).Where(n => !text.Source.IsType(n))
            .Concat(symbols)
            .Concat(bodies.AddRange(text.AliasesOf(bodies)).SelectMany(static d => (string[])[d.Name, d.Symbol]))
            .ToHashSet(StringComparer.Ordinal);
        return text.Source.Gaps.FirstOrDefault(g => g.MayConcern(names));
    }

    /// <summary>Why a function's body cannot be hidden; null when it can.</summary>
    private string? CauseOf(FunctionQuestion question, ImmutableArray<Definition> definitions) =>
        definitions.IsEmpty ? text.NatureOf(question.Symbols) ?? InexactCauses.NotFound
        : definitions.Any(d => d.IsAlwaysInline) ? InexactCauses.AlwaysInline
        : definitions.Any(d => d.HasAttribute("target_clones") || d.HasAttribute("simd")) ? InexactCauses.Versions
        : null;
}
