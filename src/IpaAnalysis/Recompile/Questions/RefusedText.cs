using System.Collections.Immutable;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Recompile.Questions.Texts;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Recompile.Questions;

/// <summary>
/// Makes a text that does not compile with a body hidden compile: the attribute <c>error</c>, by which <c>BUILD_BUG_ON</c> refuses
/// a call that optimisation should have removed, is taken out, and functions with an inline assembly operand that has to be folded are
/// emptied. Both is done on both sides of a comparison.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="baseline">What it compiles to as it is.</param>
/// <param name="opaque">The attributes that hide the body.</param>
/// <param name="own">The symbols of what is hidden.</param>
internal sealed class RefusedText(UnitText text, CompiledText baseline, IReadOnlyList<Mark> opaque, IReadOnlySet<string> own)
{
    // A unit with more needs the body everywhere.
    private const int MostNeeding = 16;

    // gcc/recog.cc and gcc/stmt.cc: an operand that no constraint takes.
    private static readonly string[] s_operandMessages = ["impossible constraint in 'asm'", "probably does not match constraints", "inconsistent operand constraints in an 'asm'"];

    /// <summary>Whether the last search would come to the same again: not where a compile failed for another reason than its text.</summary>
    public bool IsLasting { get; private set; } = true;

    /// <summary>Finds such a text; null when there is none.</summary>
    /// <param name="failure">Why the text does not compile with the body hidden.</param>
    public async Task<AcceptedText?> Find(CompileFailure failure)
    {
        var message = failure.Message;
        var neutral = text.WithoutErrorAttributes() ?? text;
        var needing = ImmutableArray.CreateBuilder<Definition>();
        while (true)
        {
            var asked = needing.Count == 0 ? neutral : neutral.WithIdle(needing);
            Mark[] idle = Mark.All(needing, Mark.Opaque);
            Mark[] marks = [.. opaque.Where(m => !needing.Contains(m.Definition)), .. idle];
            var variant = Noted(await asked.Compile(marks).ConfigureAwait(false));
            if (variant.Assembly is { } assembly)
            {
                return needing.Count > 0 || await IsSameWithoutHiding(asked).ConfigureAwait(false)
                    ? new AcceptedText(asked, marks, assembly, needing.ToImmutable(), message)
                    : null;
            }

            if (variant.Failure is not { IsOfText: true, Function: { } name }
                || !s_operandMessages.Any(m => variant.Failure.Message.Contains(m, StringComparison.Ordinal))
                || needing.Count == MostNeeding)
            {
                return null;
            }

            var next = text.FunctionsOf([name]).Where(d => !own.Contains(d.Symbol) && !needing.Contains(d)).ToArray();
            if (next.Length == 0)
            {
                return null;
            }

            needing.AddRange(next);
        }
    }

    /// <summary>Whether what was taken out leaves all code as it is in the object.</summary>
    private async Task<bool> IsSameWithoutHiding(UnitText asked)
    {
        var plain = Noted(await asked.Compile().ConfigureAwait(false));
        return plain.Assembly is { } assembly
            && AssemblyComparer.Compare(baseline.Assembly!, assembly) is { Differences.IsEmpty: true, BaselineOnly.IsEmpty: true, VariantOnly.IsEmpty: true, NotExact.IsEmpty: true };
    }

    private CompiledText Noted(CompiledText compiled)
    {
        IsLasting &= compiled.Failure is not { IsOfText: false };
        return compiled;
    }
}
