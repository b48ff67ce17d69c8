using System.Collections.Immutable;
using IpaAnalysis.Passes;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Assembly.Syntax;
using IpaAnalysis.Recompile.Assembly.Units;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Questions.Answers;
using IpaAnalysis.Recompile.Questions.Texts;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Hides bodies and finds what comes out differently then, and why.</summary>
internal sealed class OpaqueInquiry(
    UnitText text, CompiledText baseline, IReadOnlyCollection<string> enabledPasses, IReadOnlySet<string> explained, InquiryProblems problems)
{
    private static readonly FactFlow[] s_flows = [FactFlow.CalleeToCallers, FactFlow.WholeModule, FactFlow.CallersToCallee];

    /// <summary>What comes out differently when bodies are hidden, by fact or by decision; problems are noted, not returned.</summary>
    /// <param name="hidden">The definitions whose bodies are hidden.</param>
    /// <param name="own">Their symbols, which are not judged.</param>
    public async Task<FunctionAnswer> Ask(IReadOnlyCollection<Definition> hidden, IReadOnlySet<string> own)
    {
        // GCC notes facts in the declaration of an alias too, which has attributes of its own.
        var opaque = Mark.All([.. hidden, .. text.AliasesOf(hidden)], Mark.Opaque);
        var variant = await text.Compile(opaque).ConfigureAwait(false);
        if (variant.Assembly is not null)
        {
            return await Judge(text, opaque, variant.Assembly, own).ConfigureAwait(false);
        }

        var refused = new RefusedText(text, baseline, opaque, own);
        if (variant.Failure is { IsOfText: true } && await refused.Find(variant.Failure).ConfigureAwait(false) is { } accepted)
        {
            // What needs the body is hidden as well, so that who relies on the body by way of it differs too.
            var needing = accepted.Needing.Select(d => d.Symbol).ToHashSet(StringComparer.Ordinal);
            var answer = await Judge(accepted.Text, accepted.Opaque, accepted.Variant, own.Union(needing).ToHashSet(StringComparer.Ordinal)).ConfigureAwait(false);
            return needing.Count == 0 ? answer : answer.And(NeedingOf(accepted, needing));
        }

        problems.Add(InexactCauses.NotCompiledOpaque(variant.Failure!.Message), variant.Failure.IsOfText && refused.IsLasting);
        return new FunctionAnswer();
    }

    private async Task<FunctionAnswer> Judge(UnitText asked, IReadOnlyList<Mark> opaque, AssemblyUnit variant, IReadOnlySet<string> own)
    {
        var comparison = AssemblyComparer.Compare(baseline.Assembly!, variant);
        if (!comparison.NotExact.IsEmpty)
        {
            problems.Add(InexactCauses.NotUnderstood(string.Join("; ", comparison.NotExact)), isLasting: true);
        }

        string[] gone = [.. comparison.BaselineOnly.Where(o => !IsOwn(o, own) && !explained.Contains(o))];
        FunctionDifference[] differences =
        [
            .. comparison.Differences.Where(d => !own.Contains(d.Origin)).Select(d => WithoutOwn(d, own)).Where(d => !d.Symbols.IsEmpty),
            .. await new KeptFunctions(asked, opaque, problems).FindDifferent(gone).ConfigureAwait(false),
        ];
        FunctionDifference[] open = [.. differences.Where(d => d.Symbols.Any(s => !explained.Contains(s)))];
        var decisions = await DecisionInquiry.Find(asked, opaque, own, open, explained, problems).ConfigureAwait(false);
        var facts = open.Where(d => !decisions.Contains(d.Origin)).ToArray();
        var passes = await Attribution.Find(asked, opaque, PassOrder.Of(enabledPasses, s_flows), [.. facts.Select(d => d.Origin)], explained, problems).ConfigureAwait(false);
        var relying = await WithoutAnchors(asked, opaque, Dependants(facts, d => passes[d.Origin])).ConfigureAwait(false);
        return new FunctionAnswer
        {
            Facts = relying,
            Decisions = Decisions(
                relying,
                Dependants(open.Where(d => decisions.Contains(d.Origin)), _ => ClonePasses.Inline.Name),
                Dependants(comparison.LayoutDifferences.Where(d => !own.Contains(d.Origin)).Select(d => WithoutOwn(d, own)), _ => PassOrder.BlockOrder)),
            Different = [.. differences.SelectMany(d => d.Symbols).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Same = Same(variant, differences, own),
        };
    }

    /// <summary>Whether a function that is no longer there is hidden itself.</summary>
    private bool IsOwn(string origin, IReadOnlySet<string> own) =>
        own.Contains(origin) || baseline.Assembly!.Functions.Where(f => f.Origin == origin).All(f => own.Contains(SymbolName.Instance(f.Symbol)));

    /// <summary>A difference without what is hidden: nested functions of one name differ by their numbers only.</summary>
    private static FunctionDifference WithoutOwn(FunctionDifference difference, IReadOnlySet<string> own) =>
        difference with { Symbols = difference.Symbols.RemoveAll(s => own.Contains(SymbolName.Instance(s))) };

    /// <summary>
    /// Marks what differs only as long as variables are reached by way of section anchors: their places in a block move with other
    /// functions, and other distances take other instructions. Without anchors the code is not the shipped one, so that it stays a fact.
    /// </summary>
    private async Task<ImmutableArray<FunctionAnswer.Dependant>> WithoutAnchors(
        UnitText asked, IReadOnlyList<Mark> opaque, ImmutableArray<FunctionAnswer.Dependant> facts)
    {
        if (facts.IsEmpty || !baseline.Assembly!.UsesSectionAnchors)
        {
            return facts;
        }

        var compared = await asked.Compare(opaque, [], "-fno-section-anchors").ConfigureAwait(false);
        if (!compared.TryGet("whether functions differ by more than variables' places", problems, out var differences))
        {
            return [.. facts.Select(static f => f with { IsShown = false })];
        }

        var same = differences.Compared.Except(differences.Differences.Select(d => d.Origin)).ToHashSet(StringComparer.Ordinal);
        return [.. facts.Select(f => same.Contains(SymbolName.Origin(f.Symbol)) ? f with { IsShown = false } : f)];
    }

    private static ImmutableArray<FunctionAnswer.Dependant> Decisions(
        ImmutableArray<FunctionAnswer.Dependant> facts, params ImmutableArray<FunctionAnswer.Dependant>[] found) =>
    [
        .. found.SelectMany(static f => f)
            .DistinctBy(static d => d.Symbol)
            .ExceptBy(facts.Select(static f => f.Symbol), static d => d.Symbol)
            .OrderBy(static d => d.Symbol, StringComparer.Ordinal),
    ];

    /// <summary>Functions that do not compile without the body, and what holds copies of them.</summary>
    private FunctionAnswer NeedingOf(AcceptedText accepted, HashSet<string> needing)
    {
        var holders = baseline.Inlinings.HoldersOf(needing);
        string[] symbols = [.. baseline.Assembly!.Functions.Where(f => holders.Contains(f.Origin) || holders.Contains(f.Symbol)).Select(f => f.Symbol).Order(StringComparer.Ordinal)];
        return new FunctionAnswer
        {
            Facts = [.. symbols.Where(s => !explained.Contains(s)).Select(s => new FunctionAnswer.Dependant(s, ClonePasses.Unknown.Name, accepted.Message))],
            Different = [.. symbols],
        };
    }

    /// <summary>Symbols with a body of their kind in both compiles that does not differ; what is hidden has no clones any more.</summary>
    private ImmutableArray<string> Same(AssemblyUnit variant, FunctionDifference[] differences, IReadOnlySet<string> own)
    {
        var there = variant.Functions.Select(f => (f.Origin, f.Kind)).ToHashSet();
        return
        [
            .. baseline.Assembly!.Functions
                .Where(f => there.Contains((f.Origin, f.Kind)) && !own.Contains(SymbolName.Instance(f.Symbol)))
                .Select(f => SymbolName.Whole(f.Symbol))
                .Except(differences.SelectMany(d => d.Symbols))
                .Order(StringComparer.Ordinal),
        ];
    }

    private ImmutableArray<FunctionAnswer.Dependant> Dependants(IEnumerable<FunctionDifference> differences, Func<FunctionDifference, string> passOf) =>
    [
        .. differences
            .SelectMany(d => d.Symbols.Where(s => !explained.Contains(s)).Select(s => new FunctionAnswer.Dependant(s, passOf(d), d.Diff)))
            .DistinctBy(d => d.Symbol)
            .OrderBy(d => d.Symbol, StringComparer.Ordinal),
    ];
}
