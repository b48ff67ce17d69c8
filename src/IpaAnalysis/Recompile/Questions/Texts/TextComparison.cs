using System.Diagnostics.CodeAnalysis;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Recompile.Questions.Texts;

/// <summary>What two compiles of a unit show: exactly one of the two is set.</summary>
/// <param name="Differences">What differs.</param>
/// <param name="Failure">Why one of the two does not compile.</param>
internal readonly record struct TextComparison(AssemblyComparison? Differences, CompileFailure? Failure)
{
    /// <summary>Whether both compiled; if not, the problem is noted.</summary>
    /// <param name="question">What the comparison was to show.</param>
    /// <param name="problems">Takes the failure.</param>
    /// <param name="differences">What differs.</param>
    public bool TryGet(string question, InquiryProblems problems, [NotNullWhen(true)] out AssemblyComparison? differences)
    {
        differences = Differences;
        if (Failure is { } failure)
        {
            problems.Add(question, failure);
        }

        return differences is not null;
    }
}
