using System.Collections.Immutable;
using IpaAnalysis.Passes;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Asks one unit's compiler what depends on one function.</summary>
internal sealed class FunctionInquiry(UnitText text, CompiledText baseline, IReadOnlyCollection<string> enabledPasses)
{
    private static readonly FactFlow[] s_flows = [FactFlow.CalleeToCallers, FactFlow.WholeModule, FactFlow.CallersToCallee];

    /// <summary>Asks.</summary>
    public async Task<FunctionAnswer> Ask(FunctionQuestion question)
    {
        var definitions = text.FunctionsOf(question.Symbols);
        if (definitions.IsEmpty)
        {
            return new FunctionAnswer { Cause = InexactCauses.NotFound };
        }

        if (definitions.Any(d => d.IsAlwaysInline))
        {
            return new FunctionAnswer { Cause = InexactCauses.AlwaysInline };
        }

        if (definitions.Any(d => d.HasAttribute("target_clones") || d.HasAttribute("simd")))
        {
            return new FunctionAnswer { Cause = InexactCauses.Versions };
        }

        // GCC notes facts in the declaration of an alias too, which has attributes of its own.
        var hidden = definitions.Union(text.FunctionsOf(question.Sharing)).ToArray();
        var opaque = Mark.All([.. hidden, .. text.AliasesOf(hidden)], Mark.Opaque);
        var variant = await text.Compile(opaque).ConfigureAwait(false);
        if (variant.Assembly is null)
        {
            return new FunctionAnswer { Cause = InexactCauses.NotCompiledOpaque(variant.Failure!) };
        }

        var own = question.Symbols.Union(question.Sharing).ToHashSet(StringComparer.Ordinal);
        var comparison = AssemblyComparer.Compare(baseline.Assembly!, variant.Assembly);
        FunctionDifference[] differences = [.. comparison.Differences.Where(d => !own.Contains(d.Origin))];
        var explained = question.Explained.ToHashSet(StringComparer.Ordinal);
        FunctionDifference[] open = [.. differences.Where(d => d.Symbols.Any(s => !explained.Contains(s)))];
        var decisions = await DecisionInquiry.Find(text, opaque, own, open, explained).ConfigureAwait(false);
        var facts = open.Where(d => !decisions.Contains(d.Origin)).ToArray();
        var passes = await Attribution.Find(text, opaque, PassOrder.Of(enabledPasses, s_flows), [.. facts.Select(d => d.Origin)], explained).ConfigureAwait(false);
        var openWorld = new OpenWorldInquiry(text, baseline, enabledPasses);
        var bodies = definitions.AddRange(text.FunctionsOf(question.Held));
        return new FunctionAnswer
        {
            Cause = !text.Source.Gaps.IsEmpty ? InexactCauses.SourceNotUnderstood(text.Source.Gaps[0])
                : !comparison.NotExact.IsEmpty ? InexactCauses.NotUnderstood(string.Join("; ", comparison.NotExact))
                : null,
            Facts = Dependants(facts, explained, d => passes[d.Origin]),
            Decisions = Dependants(open.Where(d => decisions.Contains(d.Origin)), explained, _ => ClonePasses.Inline.Name),
            Different = [.. differences.SelectMany(d => d.Symbols).Order(StringComparer.Ordinal)],
            Same = Same(baseline.Assembly!, variant.Assembly, differences),
            UnsafeCallees = await openWorld.FindUnsafeCallees(bodies).ConfigureAwait(false),
            FoldedVariables = await openWorld.FindFoldedVariables(bodies).ConfigureAwait(false),
        };
    }

    /// <summary>Symbols with a body of their kind in both compiles that does not differ.</summary>
    private static ImmutableArray<string> Same(AssemblyUnit before, AssemblyUnit after, FunctionDifference[] differences)
    {
        var there = after.Functions.Select(f => (f.Origin, f.Kind)).ToHashSet();
        return
        [
            .. before.Functions
                .Where(f => there.Contains((f.Origin, f.Kind)))
                .Select(f => f.Symbol)
                .Except(differences.SelectMany(d => d.Symbols))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static ImmutableArray<FunctionAnswer.Dependant> Dependants(
        IEnumerable<FunctionDifference> differences, HashSet<string> explained, Func<FunctionDifference, string> passOf) =>
    [
        .. differences
            .SelectMany(d => d.Symbols.Where(s => !explained.Contains(s)).Select(s => new FunctionAnswer.Dependant(s, passOf(d), d.Diff)))
            .OrderBy(d => d.Symbol, StringComparer.Ordinal),
    ];
}
