using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;

namespace IpaAnalysis.Toolchain;

/// <summary>Builds and cleans out-of-tree kernel modules through kbuild, with clone dumps and call graphs beside the objects.</summary>
public static class KernelModuleBuilder
{
    // What an outer make would tell this one, and what would send kbuild to another directory.
    private static readonly string[] RemovedVariables =
        ["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MAKEFILES", "GNUMAKEFLAGS", "MAKE_TERMOUT", "MAKE_TERMERR",
         "KCFLAGS", "KBUILD_OUTPUT", "KBUILD_EXTMOD", "KBUILD_EXTMOD_OUTPUT", "GCC_COLORS", "GCC_EXTRA_DIAGNOSTIC_OUTPUT"];

    /// <summary>Runs kbuild's target <c>modules</c>.</summary>
    /// <param name="options">The module and how to build it.</param>
    /// <param name="cancellation">Ends make and all it started; make deletes what it has half made.</param>
    /// <returns>The diagnostics; nothing is thrown for a module that cannot be built.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static KernelModuleResult Build(KernelModuleOptions options, CancellationToken cancellation) =>
        Run(options, "modules", cancellation);

    /// <summary>Runs kbuild's target <c>clean</c> and removes the dumps and call graphs that it leaves.</summary>
    /// <param name="options">The module and how it was built.</param>
    /// <param name="cancellation">Ends make and all it started.</param>
    /// <returns>The diagnostics; nothing is thrown for a module that cannot be cleaned.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static KernelModuleResult Clean(KernelModuleOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);

        // kbuild's clean knows `*.c.[012]*.*` but not `*.ci`, and takes the .cmd files away that tell ours from the user's.
        var files = KernelModuleFiles.Find(options.ModuleDirectory);
        var result = Run(options, "clean", cancellation);
        if (result.Succeeded)
        {
            foreach (var file in files)
            {
                OutputFile.Delete(file);
            }
        }

        return result with { OutputFiles = [] };
    }

    private static KernelModuleResult Run(KernelModuleOptions options, string target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with { ModuleDirectory = Path.TrimEndingDirectorySeparator(options.ModuleDirectory) };
        var problems = new DiagnosticBag();
        CheckDirectory(options, problems);
        var kernel = KernelBuildDirectory.Find(options.KernelBuildDir, options.WorkingDirectory, out var missing);
        if (missing is not null)
        {
            problems.Add(missing with { File = missing.File ?? options.ModuleDirectory });
        }

        var make = FindMake(options, problems);
        var compiler = FindCompiler(options, problems, cancellation);
        var arguments = MakeArguments.Read(options, problems);
        if (kernel is not null && target != "clean" && kernel.IsConfiguredForClang())
        {
            problems.Add(DiagnosticCatalog.ClangNotSupported.At(
                kernel.BuildDirectory, 0, "The kernel was configured for clang, which has no -fdump-ipa-clones, so its modules cannot be analysed. Name the build directory of a kernel configured for GCC in the metadata KernelBuildDir."));
        }

        return problems.HasErrors || kernel is null || make is null
            ? new KernelModuleResult { Diagnostics = [.. problems], Kernel = kernel }
            : RunMake(options, kernel, make, arguments.For(options, kernel, compiler, target), target == "clean", cancellation);
    }

    private static KernelModuleResult RunMake(
        KernelModuleOptions options, KernelBuildDirectory kernel, string make, IReadOnlyList<string> arguments, bool isClean, CancellationToken cancellation)
    {
        var messages = new KernelModuleMessages(options.ModuleDirectory, kernel);
        messages.Log.Add(string.Join(' ', arguments.Prepend(make).Select(GccArguments.Quote)));
        var request = new ToolRequest
        {
            Program = make,
            Arguments = arguments,
            WorkingDirectory = options.ModuleDirectory,
            Environment = new Dictionary<string, string>(options.Environment, StringComparer.Ordinal) { ["CCACHE_DISABLE"] = "1" },
            RemovedVariables = RemovedVariables,
            OnLine = messages.Accept,
        };
        ToolResult result;
        try
        {
            result = ToolProcess.Run(request, cancellation);
        }
        catch (OperationCanceledException) when (!isClean)
        {
            // Objects that are finished stay, and make will not print their messages again.
            messages.Close(options.StateFile);
            throw;
        }

        if (result.StartError is { } error)
        {
            return new KernelModuleResult
            {
                Diagnostics = [MakeNotFound(options, $"cannot be started ({error})")],
                Kernel = kernel,
            };
        }

        var diagnostics = messages.Close(isClean ? null : options.StateFile);
        if (result.ExitCode != 0)
        {
            diagnostics.Add(messages.Failure(result.ExitCode));
        }

        return new KernelModuleResult
        {
            Succeeded = result.ExitCode == 0,
            Diagnostics = diagnostics,
            Kernel = kernel,
            MakeTime = result.Duration,
            Log = messages.Log,
            OutputFiles = isClean ? [] : KernelModuleFiles.Find(options.ModuleDirectory),
        };
    }

    private static void CheckDirectory(KernelModuleOptions options, DiagnosticBag problems)
    {
        if (!Directory.Exists(options.ModuleDirectory))
        {
            problems.Add(DiagnosticCatalog.DirectoryNotFound.At(
                options.ModuleDirectory, 0, $"The module directory '{Path.GetFileName(options.ModuleDirectory)}' does not exist. Correct the IpaKernelModule item."));
        }
        else if (!MakeArguments.IsUsablePath(options.ModuleDirectory))
        {
            problems.Add(DiagnosticCatalog.ModulePathNotUsable.At(
                options.ModuleDirectory, 0, "kbuild cannot build a module whose path holds a blank, a colon or another character that Make or the shell treats specially (, ; ' \" & ( ) * ? \\ ` < | > % # $). Move or rename the directory."));
        }
    }

    private static string? FindMake(KernelModuleOptions options, DiagnosticBag problems)
    {
        var make = ToolLocator.Find(options.Make, options.Environment, options.WorkingDirectory);
        if (make is null)
        {
            problems.Add(MakeNotFound(options, "is not installed or not in PATH"));
        }

        return make;
    }

    private static string? FindCompiler(KernelModuleOptions options, DiagnosticBag problems, CancellationToken cancellation)
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

    private static Diagnostic MakeNotFound(KernelModuleOptions options, string why) =>
        DiagnosticCatalog.MakeNotFound.At(
            $"'{Path.GetFileName(options.Make)}' {why}. Install GNU make (package 'make') or name it in the property IpaMake.");
}
