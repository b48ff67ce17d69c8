using IpaAnalysis.Building.Kbuild.Messages;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Building.Kbuild.UpToDate;
using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>Runs make for kbuild: the same for modules and whole trees.</summary>
internal static class KbuildMake
{
    // What an outer make would tell this one, and what would send kbuild to another directory or configuration.
    private static readonly string[] RemovedVariables =
        ["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES", "GNUMAKEFLAGS", "MAKE_TERMOUT", "MAKE_TERMERR",
         "KCFLAGS", "KBUILD_OUTPUT", "KBUILD_EXTMOD", "KBUILD_EXTMOD_OUTPUT", "KCONFIG_CONFIG", "GCC_COLORS", "GCC_EXTRA_DIAGNOSTIC_OUTPUT"];

    // kconfig would ask about symbols that .config lacks, and ask again for ever where there is no default and no answer.
    // With this it ends as soon as it would change .config (scripts/kconfig/conf.c).
    private const string NeverAsk = "KCONFIG_NOSILENTUPDATE";

    /// <summary>Runs make, unless it has nothing to do, and reads what it says.</summary>
    /// <param name="options">What is built.</param>
    /// <param name="layout">Where the files are that messages name.</param>
    /// <param name="make">Absolute path of make.</param>
    /// <param name="arguments">Its whole command line.</param>
    /// <param name="remembers">Whether it is remembered what make did, for builds in which it has nothing to do; not for <c>clean</c>.</param>
    /// <param name="cancellation">Ends make and all it started; make deletes what it has half made.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static KbuildRun Run(
        KbuildOptions options, KbuildLayout layout, string make, IReadOnlyList<string> arguments, bool remembers, CancellationToken cancellation)
    {
        if (!remembers)
        {
            return Start(options, layout, make, arguments, null, cancellation);
        }

        var check = new KbuildUpToDateCheck(options, layout, make, arguments);
        if (check.Remembered(out var change) is { } remembered)
        {
            return new KbuildRun { Messages = remembered, IsUpToDate = true };
        }

        if (options.OnlyAsks)
        {
            return new KbuildRun
            {
                Failure = UpToDateness.Refuse(change!.File, "kbuild", change.Why),
            };
        }

        check.Forget();
        var withoutDump = KbuildDumps.ObjectsWithout(layout.ObjectDirectory, cancellation);
        foreach (var file in withoutDump)
        {
            OutputFile.Delete(file);
        }

        var started = FileIdentity.NowNanoseconds;
        var run = Start(options, layout, make, arguments, options.StateFile, cancellation);
        var reasons = Remember(check, run, started, cancellation);
        if (check.Replaced is { Count: > 0 } replaced)
        {
            foreach (var file in replaced)
            {
                OutputFile.Delete(file);
            }

            check.Forget();
            started = FileIdentity.NowNanoseconds;
            run = Start(options, layout, make, arguments, options.StateFile, cancellation);
            reasons = [.. replaced.Select(static f => $"{f}: what it is made from was replaced while make ran, so that it is made again"), .. Remember(check, run, started, cancellation)];
        }

        return run with { Reasons = [$"{change!.File}: {change.Why}", .. withoutDump.Select(static f => $"{f}: it has no clone dump, so that it is compiled again"), .. reasons] };
    }

    private static IEnumerable<string> Remember(KbuildUpToDateCheck check, KbuildRun run, long started, CancellationToken cancellation)
    {
        if (run.Failure is not null)
        {
            return [];
        }

        try
        {
            return check.Remember(started, run.Messages, cancellation) is { } problem
                ? [$"{problem.File}: {problem.Why}, so that make is started again by the next build"]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [$"What make depends on cannot be remembered, so that it is started again by the next build: {e.Message}"];
        }
    }

    /// <summary>make in its place and environment.</summary>
    /// <param name="options">What is built.</param>
    /// <param name="make">Absolute path of make.</param>
    /// <param name="arguments">Its whole command line.</param>
    public static ToolRequest Request(KbuildOptions options, string make, IReadOnlyList<string> arguments) => new()
    {
        Program = make,
        Arguments = arguments,
        WorkingDirectory = options.Place,
        Environment = new Dictionary<string, string>(options.EnvironmentInPlace, StringComparer.Ordinal) { ["CCACHE_DISABLE"] = "1", [NeverAsk] = "1" },
        RemovedVariables = RemovedVariables,
    };

    private static KbuildRun Start(
        KbuildOptions options, KbuildLayout layout, string make, IReadOnlyList<string> arguments, string? stateFile, CancellationToken cancellation)
    {
        var messages = new KbuildMessages(layout);
        var counter = new WorkCounter(options.Progress, WorkPhase.MakingObjects, null);
        messages.Log.Add(string.Join(' ', arguments.Prepend(make).Select(GccArguments.Quote)));
        var request = Request(options, make, arguments) with
        {
            OnLine = (line, isError) =>
            {
                messages.Accept(line, isError);
                counter.Add(!isError && KbuildStep.IsCompile(line) ? 1 : 0);
            },
        };
        ToolResult result;
        try
        {
            result = ToolProcess.Run(request, cancellation);
        }
        catch (OperationCanceledException) when (stateFile is not null)
        {
            // Objects that are finished stay, and make will not print their messages again.
            messages.Close(stateFile);
            throw;
        }

        if (result.StartError is { } error)
        {
            return new KbuildRun { Failure = MakeNotFound(options, $"cannot be started ({error})") };
        }

        var heard = messages.Close(stateFile);
        if (result.OutputMayBeCut)
        {
            heard.Add(DiagnosticCatalog.KbuildWarning.At(
                layout.Place, 0, "make left a program behind that keeps its output open, so that more messages may come that are not read."));
        }

        return new KbuildRun
        {
            Messages = heard,
            Failure = result.ExitCode == 0 ? null : messages.Failure(result.ExitCode),
            AsksForConfiguration = messages.AsksForConfiguration,
            Time = result.Duration,
            Log = messages.Log,
        };
    }

    /// <summary>Looks make up; that it is missing goes to the bag.</summary>
    public static string? FindMake(KbuildOptions options, DiagnosticBag problems)
    {
        var make = ToolLocator.Find(options.Make, options.Environment, options.WorkingDirectory);
        if (make is null)
        {
            problems.Add(MakeNotFound(options, "is not installed or not in PATH"));
        }

        return make;
    }

    /// <summary>The value of <c>CC</c>; null when the user chose no compiler, or a wrong one, which goes to the bag.</summary>
    public static string? FindCompiler(KbuildOptions options, DiagnosticBag problems, CancellationToken cancellation)
    {
        if (options.Compiler is not { Length: > 0 } name)
        {
            return null;
        }

        var (compiler, problem) = CompilerProbe.Identify(name, options.Environment, options.WorkingDirectory, cancellation);
        if (problem is not null)
        {
            problems.Add(problem);
            return null;
        }

        // A name stays a name: it is part of the recorded commands, and PATH is the same.
        var value = name.Contains('/', StringComparison.Ordinal) ? compiler!.Path : name;
        if (!MakeArguments.IsUsablePath(value))
        {
            problems.Add(DiagnosticCatalog.CompilerNotFound.At(
                "kbuild cannot run a compiler whose path holds a blank or another character that Make or the shell treats specially. Name another one in the property IpaCompiler."));
        }

        return value;
    }

    /// <summary>That kbuild cannot take a path goes to the bag.</summary>
    /// <param name="path">Absolute.</param>
    /// <param name="what">What the path is, as the subject's words: <c>build a module whose path</c>.</param>
    /// <param name="problems">Where the problem goes.</param>
    public static void CheckPath(string path, string what, DiagnosticBag problems)
    {
        if (!MakeArguments.IsUsablePath(path))
        {
            problems.Add(DiagnosticCatalog.KbuildPathNotUsable.At(
                path, 0, $"kbuild cannot {what} holds a blank, a colon or another character that Make or the shell treats specially (, ; ' \" & ( ) * ? \\ ` < | > % # $). Move or rename the directory."));
        }
    }

    private static Diagnostic MakeNotFound(KbuildOptions options, string why) => DiagnosticCatalog.MakeNotFound.At(
        $"'{Path.GetFileName(options.Make)}' {why}. Install GNU make (package 'make') or name it in the property IpaMake.");
}
