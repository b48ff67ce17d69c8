using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>Builds and cleans out-of-tree kernel modules through kbuild, with clone dumps and call graphs beside the objects.</summary>
internal static class KernelModuleBuilder
{
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

        var make = KbuildMake.FindMake(options, problems);
        var compiler = KbuildMake.FindCompiler(options, problems, cancellation);
        var arguments = MakeArguments.Read(options, problems);
        if (kernel is not null && target != "clean" && kernel.IsConfiguredForClang())
        {
            problems.Add(DiagnosticCatalog.ClangNotSupported.At(
                kernel.BuildDirectory, 0, "The kernel was configured for clang, which has no -fdump-ipa-clones, so its modules cannot be analysed. Name the build directory of a kernel configured for GCC in the metadata KernelBuildDir."));
        }

        return problems.HasErrors || kernel is null || make is null
            ? new KernelModuleResult { Diagnostics = [.. problems], Kernel = kernel }
            : RunMake(options, kernel, make, arguments.ForModule(options, kernel, compiler, target), target == "clean", cancellation);
    }

    private static KernelModuleResult RunMake(
        KernelModuleOptions options, KernelBuildDirectory kernel, string make, IReadOnlyList<string> arguments, bool isClean, CancellationToken cancellation)
    {
        var run = KbuildMake.Run(options, Layout(options.ModuleDirectory, kernel), make, arguments, remembers: !isClean, cancellation);
        return new KernelModuleResult
        {
            Succeeded = run.Failure is null,
            IsUpToDate = run.IsUpToDate,
            Reasons = run.Reasons,
            Diagnostics = run.Diagnostics,
            Kernel = kernel,
            MakeTime = run.Time,
            Log = run.Log,
            OutputFiles = isClean ? [] : KernelModuleFiles.Find(options.ModuleDirectory),
        };
    }

    // Kernels from 6.13 on run gcc in the module directory, earlier ones in the build directory.
    private static KbuildLayout Layout(string module, KernelBuildDirectory kernel) => new()
    {
        Place = module,
        WorkingDirectory = kernel.BuildDirectory,
        ObjectDirectory = module,
        Directories = [module, kernel.BuildDirectory, kernel.SourceDirectory],
        IsUsersMakefile = makefile => makefile.StartsWith(module + "/", StringComparison.Ordinal),
    };

    private static void CheckDirectory(KernelModuleOptions options, DiagnosticBag problems)
    {
        if (!Directory.Exists(options.ModuleDirectory))
        {
            problems.Add(DiagnosticCatalog.DirectoryNotFound.At(
                options.ModuleDirectory, 0, $"The module directory '{Path.GetFileName(options.ModuleDirectory)}' does not exist. Correct the IpaKernelModule item."));
        }
        else
        {
            KbuildMake.CheckPath(options.ModuleDirectory, "build a module whose path", problems);

            // make would wait for whoever writes to a FIFO.
            foreach (var file in (ReadOnlySpan<string>)["Kbuild", "Makefile"])
            {
                var path = Path.Combine(options.ModuleDirectory, file);
                if (InputFile.KindOf(path) is { } kind and not (FileKind.Regular or FileKind.Directory))
                {
                    problems.Add(DiagnosticCatalog.MakeFailed.At(path, 0, $"make was not started: {file} cannot be read: {FileProblem.Describe(kind)}. Put the module's own file there."));
                }
            }
        }
    }
}
