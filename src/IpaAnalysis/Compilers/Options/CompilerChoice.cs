using System.Collections.Immutable;

namespace IpaAnalysis.Compilers.Options;

/// <summary>Who can be asked about an object's options: exactly one of question and problem is set.</summary>
/// <param name="Question">What to ask.</param>
/// <param name="Problem">Why nobody can be asked.</param>
/// <param name="Producer">What the object says about its compiler.</param>
/// <param name="Facts">What the options say.</param>
internal sealed record CompilerChoice(OptimizerQuestion? Question, string? Problem, ObjectProducer Producer, FlagFacts Facts)
{
    /// <summary>Whether the answer depends on no file that the options name.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The compiler for messages.</summary>
    public string Compiler => Question is { } question ? "GCC " + question.Compiler.Version : Producer.Name;

    public static CompilerChoice Failed(string problem, ObjectProducer maker, ImmutableArray<string> flags) => new(null, problem, maker, FlagFacts.Of(flags));
}
