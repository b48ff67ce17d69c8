using System.Collections.Immutable;
using IpaAnalysis.Passes;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Questions.Answers;
using IpaAnalysis.Recompile.Questions.Texts;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>
/// Finds what the unit compiled for its own use only: callees for the arguments they happen to get, and static variables whose
/// reads or writes were folded because nothing in the unit does otherwise.
/// </summary>
internal sealed class OpenWorldInquiry(UnitText text, CompiledText baseline, IReadOnlyCollection<string> enabledPasses, InquiryProblems problems)
{
    private const string Question = "what the unit compiled for its own calls and variables only";

    private static readonly HashSet<string> s_nothing = [];

    /// <summary>Finds callees that a patched function must not call by their symbols.</summary>
    /// <param name="bodies">The function and what it holds.</param>
    public async Task<ImmutableArray<FunctionAnswer.Callee>> FindUnsafeCallees(ImmutableArray<Definition> bodies)
    {
        var emitted = baseline.Assembly!.Functions.ToLookup(f => f.Origin, StringComparer.Ordinal);
        var callees = Mentioned(bodies, d => d is { Kind: DefinitionKind.Function, IsAlwaysInline: false } && d.BodyEnd > d.BodyStart && emitted.Contains(d.Symbol));
        var found = ImmutableArray.CreateBuilder<FunctionAnswer.Callee>();
        foreach (var callee in callees.Where(c => !HasBody(c)))
        {
            found.AddRange(emitted[callee.Symbol].Select(f => new FunctionAnswer.Callee(f.Symbol, callee.Name, ClonePassOf(f.Symbol))));
        }

        foreach (var (callee, _) in await Suspects(callees.FindAll(HasBody), (c, d) => c.Differences.Any(x => Concerns(x, d))).ConfigureAwait(false))
        {
            found.Add(new FunctionAnswer.Callee(callee.Symbol, callee.Name, await PassOf(callee).ConfigureAwait(false)));
        }

        return [.. found.OrderBy(c => c.Symbol, StringComparer.Ordinal)];

        bool HasBody(Definition callee) =>
            emitted[callee.Symbol].Any(f => f.Symbol == callee.Symbol) || baseline.Assembly.Aliases.Any(a => a.Symbol == callee.Symbol);
    }

    /// <summary>Finds the variables that a patched function must not begin to write, or to read, alone.</summary>
    /// <param name="bodies">The function and what it holds.</param>
    public async Task<ImmutableArray<FunctionAnswer.Variable>> FindFoldedVariables(ImmutableArray<Definition> bodies)
    {
        var suspects = await Suspects(
            Mentioned(bodies, d => d.Kind == DefinitionKind.Variable && (baseline.ReadOnlyVariables.Contains(d.Symbol) || baseline.WriteOnlyVariables.Contains(d.Symbol))),
            (c, _) => !c.Differences.IsEmpty).ConfigureAwait(false);
        return
        [
            .. suspects
                .Select(s => (s.Definition, Symbols: (ImmutableArray<string>)[.. s.Comparison.Differences.SelectMany(d => d.Symbols).Order(StringComparer.Ordinal)]))
                .Select(s => baseline.WriteOnlyVariables.Contains(s.Definition.Symbol)
                    ? new FunctionAnswer.Variable(s.Definition.Name, [], s.Symbols)
                    : new FunctionAnswer.Variable(s.Definition.Name, s.Symbols, []))
                .OrderBy(v => v.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The static definitions of the unit that bodies mention.</summary>
    private List<Definition> Mentioned(ImmutableArray<Definition> bodies, Func<Definition, bool> isWanted)
    {
        var names = bodies.SelectMany(text.Source.Mentions).ToHashSet(StringComparer.Ordinal);
        return [.. text.Source.Definitions.Where(d => d is { IsStatic: true, Enclosing: null } && names.Contains(d.Name) && !bodies.Contains(d) && isWanted(d))];
    }

    /// <summary>Opens all at once, and each alone only when that makes a difference.</summary>
    private async Task<List<(Definition Definition, AssemblyComparison Comparison)>> Suspects(
        List<Definition> definitions, Func<AssemblyComparison, Definition, bool> shows)
    {
        var found = new List<(Definition, AssemblyComparison)>();
        if (definitions.Count == 0
            || !(await text.Compare(Mark.All(definitions, Mark.OpenWorld), []).ConfigureAwait(false)).TryGet(Question, problems, out var together))
        {
            return found;
        }

        foreach (var definition in definitions.Where(d => shows(together, d)))
        {
            if (definitions.Count == 1)
            {
                found.Add((definition, together));
            }
            else if ((await text.Compare([new Mark(definition, Mark.OpenWorld)], []).ConfigureAwait(false)).TryGet(Question, problems, out var alone)
                && shows(alone, definition))
            {
                found.Add((definition, alone));
            }
        }

        return found;
    }

    /// <summary>Whether the body under the callee's own name differs; its clones serve the unit's calls only, and nobody else's.</summary>
    private static bool Concerns(FunctionDifference difference, Definition callee) =>
        difference.Origin == callee.Symbol && difference.Symbols.Contains(callee.Symbol);

    private async Task<string> PassOf(Definition callee) =>
        (await Attribution.Find(
            text,
            [new Mark(callee, Mark.OpenWorld)],
            PassOrder.Of(enabledPasses, FactFlow.CallersToCallee, FactFlow.WholeModule),
            [callee.Symbol],
            s_nothing,
            problems).ConfigureAwait(false))[callee.Symbol];

    private static string ClonePassOf(string symbol) =>
        ClonePasses.TrySplitSuffix(System.Text.Encoding.UTF8.GetBytes(symbol), out _, out var pass) && pass is not null ? pass.Name : ClonePasses.Unknown.Name;
}
