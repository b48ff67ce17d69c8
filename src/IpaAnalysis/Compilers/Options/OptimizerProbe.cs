using System.Collections.Concurrent;
using IpaAnalysis.Compilers.Messages;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Compilers.Options;

/// <summary>Asks a compiler which passes some options leave on. It compiles nothing and writes nothing.</summary>
internal static class OptimizerProbe
{
    // -S keeps the driver from running the assembler, and the null device from leaving a file: with an object's own -o,
    // gcc overwrites the object although it only prints a table. -fwhole-program is in the second table only.
    private static readonly string[] s_request = ["-S", "-o", "/dev/null", "-Q", "--help=optimizers", "--help=common"];

    // What a driver or wrapper finds its compiler by.
    private static readonly string[] s_searchVariables = ["PATH", "GCC_EXEC_PREFIX", "COMPILER_PATH"];

    private static readonly ConcurrentDictionary<(OptimizerQuestion Question, string Search), OptimizerAnswer> s_known = new();

    /// <summary>What a compiler says of each optimization under some options (<c>-Q --help=optimizers</c>), or why it says nothing.</summary>
    /// <param name="question">The compiler and the options.</param>
    /// <param name="environment">The environment to run it in.</param>
    /// <param name="isRepeatable">Whether the answer depends on nothing but the question, and may be remembered while the process lives.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static OptimizerAnswer Ask(
        OptimizerQuestion question, IReadOnlyDictionary<string, string> environment, bool isRepeatable, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(environment);
        var key = (question, SearchOf(environment));
        if (isRepeatable && s_known.TryGetValue(key, out var known))
        {
            return known;
        }

        var answer = Read(Run(question, environment, cancellation));
        if (isRepeatable && !answer.IsTransient)
        {
            s_known[key] = answer;
        }

        return answer;
    }

    /// <summary>What of an environment decides which programs a compiler runs.</summary>
    internal static string SearchOf(IReadOnlyDictionary<string, string> environment) =>
        string.Join('\n', s_searchVariables.Select(name => environment.GetValueOrDefault(name, "")));

    private static ToolResult Run(OptimizerQuestion question, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation) =>
        ToolProcess.Ask(
            new ToolRequest
            {
                Program = question.Compiler.Path,
                Arguments = [.. question.Flags, .. s_request],
                WorkingDirectory = question.WorkingDirectory,
                Environment = environment,
                MaxLines = 5_000,
                Bounds = RunBounds.OfQuestion,
            },
            cancellation);

    private static OptimizerAnswer Read(ToolResult result)
    {
        if (result.StartError is { } error)
        {
            return OptimizerAnswer.Refused(error, isTransient: true);
        }

        if (result.ExitCode != 0)
        {
            // A conflict prints the table all the same, with what is in conflict shown as enabled.
            return OptimizerAnswer.Refused(GccLine.FirstError(result.Errors), isTransient: result.Interruption is not null);
        }

        if (result.Interruption is { } interruption)
        {
            return OptimizerAnswer.Refused(interruption, isTransient: true);
        }

        if (result.LinesLeftOut > 0)
        {
            return OptimizerAnswer.Refused("it prints more than a table of options", isTransient: false);
        }

        var table = OptimizerTable.Parse(result.Output);
        return table.HasSwitch("-fipa-pure-const")
            ? OptimizerAnswer.From(table)
            : OptimizerAnswer.Refused("it prints no table of options as GCC does", isTransient: false);
    }
}
