using System.Collections.Immutable;
using IpaAnalysis.Recompile.Causes;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Recompile.Questions.Texts;

/// <summary>Collects what went wrong while one function was asked about: a question whose compile failed is never "no difference". Safe for several threads.</summary>
internal sealed class InquiryProblems
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, bool> _causes = new(StringComparer.Ordinal);

    /// <summary>Notes a cause.</summary>
    /// <param name="cause">The cause and what helps.</param>
    /// <param name="isLasting">Whether asking again would meet it again.</param>
    public void Add(string cause, bool isLasting)
    {
        lock (_lock)
        {
            _causes[cause] = isLasting && _causes.GetValueOrDefault(cause, true);
        }
    }

    /// <summary>Notes a compile that failed.</summary>
    /// <param name="question">What it was to show, as <c>whether g depends on it</c>.</param>
    /// <param name="failure">Why it failed.</param>
    public void Add(string question, CompileFailure failure) => Add(InexactCauses.QuestionFailed(question, failure.Message), failure.IsOfText);

    /// <summary>What was noted, sorted by cause.</summary>
    public ImmutableArray<InquiryProblem> ToImmutable()
    {
        lock (_lock)
        {
            return [.. _causes.Select(c => new InquiryProblem(c.Key, c.Value))];
        }
    }
}
