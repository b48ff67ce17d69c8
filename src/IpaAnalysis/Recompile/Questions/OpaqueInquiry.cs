using System.Collections.Immutable;
using IpaAnalysis.Passes;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>Hides bodies and finds what comes out differently then, and why.</summary>
internal sealed class OpaqueInquiry(UnitText text, CompiledText baseline, IReadOnlyCollection<string> enabledPasses, IReadOnlySet<string> explained)
{
    private static readonly FactFlow[] s_flows = [FactFlow.CalleeToCallers, FactFlow.WholeModule, FactFlow.CallersToCallee];

    /// <summary>Asks.</summary>
    /// <param name="hidden">The definitions whose bodies are hidden.</param>
    /// <param name="own">Their symbols, which are not judged.</param>
    public async Task<FunctionAnswer> Ask(IReadOnlyCollection<Definition> hidden, IReadOnlySet<string> own)
    {
        // GCC notes facts in the declaration of an alias too, which has attributes of its own.
        var opaque = Mark.All([.. hidden, .. text.AliasesOf(hidden)], Mark.Opaque);
        var variant = await text.Compile(opaque).ConfigureAwait(false);
        if (variant.Assembly is null)
        {
            return new FunctionAnswer { Cause = InexactCauses.NotCompiledOpaque(variant.Failure!) };
        }

        var comparison = AssemblyComparer.Compare(baseline.Assembly!, variant.Assembly);
        FunctionDifference[] differences = [.. comparison.Differences.Where(d => !own.Contains(d.Origin))];
        FunctionDifference[] open = [.. differences.Where(d => d.Symbols.Any(s => !explained.Contains(s)))];
        var decisions = await DecisionInquiry.Find(text, opaque, own, open, explained).ConfigureAwait(false);
        var facts = open.Where(d => !decisions.Contains(d.Origin)).ToArray();
        var passes = await Attribution.Find(text, opaque, PassOrder.Of(enabledPasses, s_flows), [.. facts.Select(d => d.Origin)], explained).ConfigureAwait(false);
        return new FunctionAnswer
        {
            Cause = comparison.NotExact.IsEmpty ? null : InexactCauses.NotUnderstood(string.Join("; ", comparison.NotExact)),
            Facts = Dependants(facts, d => passes[d.Origin]),
            Decisions = Dependants(open.Where(d => decisions.Contains(d.Origin)), _ => ClonePasses.Inline.Name),
            Different = [.. differences.SelectMany(d => d.Symbols).Order(StringComparer.Ordinal)],
            Same = Same(variant.Assembly, differences),
        };
    }

    /// <summary>Symbols with a body of their kind in both compiles that does not differ.</summary>
    private ImmutableArray<string> Same(AssemblyUnit variant, FunctionDifference[] differences)
    {
        var there = variant.Functions.Select(f => (f.Origin, f.Kind)).ToHashSet();
        return
        [
            .. baseline.Assembly!.Functions
                .Where(f => there.Contains((f.Origin, f.Kind)))
                .Select(f => f.Symbol)
                .Except(differences.SelectMany(d => d.Symbols))
                .Order(StringComparer.Ordinal),
        ];
    }

    private ImmutableArray<FunctionAnswer.Dependant> Dependants(IEnumerable<FunctionDifference> differences, Func<FunctionDifference, string> passOf) =>
    [
        .. differences
            .SelectMany(d => d.Symbols.Where(s => !explained.Contains(s)).Select(s => new FunctionAnswer.Dependant(s, passOf(d), d.Diff)))
            .OrderBy(d => d.Symbol, StringComparer.Ordinal),
    ];
}
