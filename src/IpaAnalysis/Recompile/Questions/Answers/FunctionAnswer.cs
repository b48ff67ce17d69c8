using System.Collections.Immutable;
using IpaAnalysis.Recompile.Questions.Texts;

namespace IpaAnalysis.Recompile.Questions.Answers;

/// <summary>What the compiler showed about one patched function in one unit.</summary>
internal sealed record FunctionAnswer
{
    /// <summary>Why it could not be asked, or not everything, sorted by cause; empty when it was.</summary>
    public ImmutableArray<InquiryProblem> Problems { get; init; } = [];

    /// <summary>Whether everything was asked and answered.</summary>
    public bool IsExact => Problems.IsEmpty;

    /// <summary>Whether asking again would give the same, so that the answer may be kept.</summary>
    public bool IsLasting => Problems.All(static p => p.IsLasting);

    /// <summary>The answer where nothing could be asked.</summary>
    /// <param name="cause">Why, and what helps.</param>
    /// <param name="isLasting">Whether asking again would give the same.</param>
    public static FunctionAnswer Unknown(string cause, bool isLasting) => new() { Problems = [new InquiryProblem(cause, isLasting)] };

    /// <summary>Symbols with other code that the dumps do not explain, each with the pass; sorted by symbol.</summary>
    public ImmutableArray<Dependant> Facts { get; init; } = [];

    /// <summary>Symbols with other code only because other functions were inlined into them; sorted by symbol.</summary>
    public ImmutableArray<Dependant> Decisions { get; init; } = [];

    /// <summary>All symbols with other code, sorted.</summary>
    public ImmutableArray<string> Different { get; init; } = [];

    /// <summary>Symbols whose code was there in both compiles and is the same, sorted.</summary>
    public ImmutableArray<string> Same { get; init; } = [];

    /// <summary>Callees whose code fits only the unit's own calls, sorted by symbol.</summary>
    public ImmutableArray<Callee> UnsafeCallees { get; init; } = [];

    /// <summary>Variables that were folded, sorted by name.</summary>
    public ImmutableArray<Variable> FoldedVariables { get; init; } = [];

    /// <summary>The answer without what it shows of some symbols.</summary>
    public FunctionAnswer Without(ImmutableArray<string> symbols) => symbols.IsEmpty ? this : this with
    {
        Facts = Facts.RemoveAll(d => symbols.Contains(d.Symbol)),
        Decisions = Decisions.RemoveAll(d => symbols.Contains(d.Symbol)),
        Different = Different.RemoveAll(s => symbols.Contains(s)),
        Same = Same.RemoveAll(s => symbols.Contains(s)),
    };

    /// <summary>What either of two answers shows about differences; problems, callees and variables are left to who asked.</summary>
    public FunctionAnswer And(FunctionAnswer other)
    {
        var facts = Facts.Concat(other.Facts).DistinctBy(d => d.Symbol).OrderBy(d => d.Symbol, StringComparer.Ordinal).ToImmutableArray();
        var different = Different.Union(other.Different).Order(StringComparer.Ordinal).ToImmutableArray();
        return new FunctionAnswer
        {
            Facts = facts,
            Decisions =
            [
                .. Decisions.Concat(other.Decisions)
                    .DistinctBy(d => d.Symbol)
                    .ExceptBy(facts.Select(f => f.Symbol), d => d.Symbol)
                    .OrderBy(d => d.Symbol, StringComparer.Ordinal),
            ],
            Different = different,
            Same = [.. Same.Except(different)],
        };
    }

    /// <summary>A symbol whose code differs.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Pass">The pass as the manifest names it.</param>
    /// <param name="Difference">The first difference, as lines of assembly.</param>
    /// <param name="IsShown">Whether the difference is one of what the code does; false where it may be one of where variables lie.</param>
    internal sealed record Dependant(string Symbol, string Pass, string Difference, bool IsShown = true);

    /// <summary>A callee that must not be called by its symbol.</summary>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="Function">The function's name in the source.</param>
    /// <param name="Pass">The pass as the manifest names it.</param>
    internal sealed record Callee(string Symbol, string Function, string Pass);

    /// <summary>A variable that was folded.</summary>
    /// <param name="Name">Its name in the source.</param>
    /// <param name="Readers">Symbols whose reads were replaced.</param>
    /// <param name="Writers">Symbols whose writes were dropped.</param>
    internal sealed record Variable(string Name, ImmutableArray<string> Readers, ImmutableArray<string> Writers);
}
