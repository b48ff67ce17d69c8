using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Recompile.Compiling;

/// <summary>Why a compile made nothing.</summary>
/// <param name="Message">The first error, in words without directories.</param>
/// <param name="Function">The source's function that the compiler was in; null when it does not say.</param>
/// <param name="IsOfText">
/// Whether the compiler refuses the text itself, so that it would refuse it again: it said the same error at a place in the text
/// twice. GCC's driver ends with status 1 also when its compiler was killed or the disk was full.
/// </param>
internal sealed record CompileFailure(string Message, string? Function, bool IsOfText)
{
    private static readonly string[] s_context = ["In function '", "inlined from '"];

    /// <summary>What a run that failed once says; whether it is of the text shows in a second run.</summary>
    public static CompileFailure Of(ToolResult result)
    {
        if (result.Interruption is { } interruption)
        {
            return new CompileFailure(interruption, null, IsOfText: false) { MayPass = result.BoundExceeded is null };
        }

        return new CompileFailure(GccLine.FirstError(result.Errors), FunctionOf(result.Errors), result.ExitCode == 1 && StartsWithErrorAtPlace(result.Errors));
    }

    /// <summary>Whether a second run may succeed: not where the first one went over a bound.</summary>
    public bool MayPass { get; private init; } = true;

    /// <summary>A failure that lies outside the compiler, such as a directory that cannot be written.</summary>
    public static CompileFailure Outside(string message) => new(message, null, IsOfText: false);

    /// <summary>What a second run of the same shows.</summary>
    public CompileFailure And(CompileFailure second) =>
        this with { IsOfText = IsOfText && second.IsOfText && Message == second.Message };

    /// <summary>
    /// Whether the first message that weighs is an error with a line. A fatal error also has one where the output cannot be written,
    /// and so has an internal error where memory ran out.
    /// </summary>
    private static bool StartsWithErrorAtPlace(IEnumerable<string> lines)
    {
        foreach (var text in lines)
        {
            if (GccLine.TryParse(GccLine.WithoutEscapes(text).Trim(), out var line) && line.Kind == GccLineKind.Error)
            {
                return line.Line > 0
                    && !text.Contains(": fatal error: ", StringComparison.Ordinal)
                    && !text.Contains(": Fatal error: ", StringComparison.Ordinal)
                    && !text.Contains("internal compiler error", StringComparison.OrdinalIgnoreCase)
                    && !text.Contains("Internal error", StringComparison.Ordinal);
            }
        }

        return false;
    }

    private static string? FunctionOf(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            foreach (var context in s_context)
            {
                if (line.IndexOf(context, StringComparison.Ordinal) is >= 0 and var at
                    && line.IndexOf('\'', at + context.Length) is >= 0 and var end)
                {
                    return line[(at + context.Length)..end];
                }
            }

            if (GccLine.TryParse(line, out var message) && message.Kind == GccLineKind.Error)
            {
                return null;
            }
        }

        return null;
    }
}
