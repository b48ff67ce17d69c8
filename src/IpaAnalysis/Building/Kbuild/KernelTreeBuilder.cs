using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Kbuild;

/// <summary>Builds a kernel's source tree through its own Makefile, with clone dumps and call graphs beside the objects. It is never cleaned.</summary>
internal static class KernelTreeBuilder
{
    /// <summary>Makes the targets that the user chose.</summary>
    /// <param name="options">The tree and how to build it.</param>
    /// <param name="cancellation">Ends make and all it started; make deletes what it has half made.</param>
    /// <returns>The diagnostics; nothing is thrown for a tree that cannot be built.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static KernelTreeResult Build(KernelTreeOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);

        // kbuild resolves links too, and what it prints and records must be known again.
        var source = RealPath.Of(options.SourceDirectory);
        var output = options.OutputDirectory is { } directory ? RealPath.Of(directory) : source;
        var problems = new DiagnosticBag();
        var configuration = IsKernelTree(options, problems) ? ReadConfiguration(options, source, output, problems) : null;
        var targets = MakeArguments.ReadTargets(options, problems);
        var arguments = MakeArguments.Read(options, problems);
        var make = KbuildMake.FindMake(options, problems);
        var compiler = KbuildMake.FindCompiler(options, problems, cancellation);
        if (problems.HasErrors || configuration is null || make is null)
        {
            return new KernelTreeResult { Diagnostics = [.. problems], OutputDirectory = output };
        }

        targets = targets.Count > 0 ? targets : configuration.HasModules ? ["vmlinux", "modules"] : ["vmlinux"];
        return RunMake(
            options,
            Layout(options.SourceDirectory, source, output),
            make,
            arguments.ForTree(options, source, output, compiler, targets),
            arguments.ForTree(options, source, output, compiler, [KbuildQuestions.Target]),
            cancellation);
    }

    private static KernelTreeResult RunMake(
        KernelTreeOptions options, KbuildLayout layout, string make, IReadOnlyList<string> arguments, IReadOnlyList<string> ask, CancellationToken cancellation)
    {
        var run = KbuildMake.Run(options, layout, make, arguments, remembers: true, cancellation);
        if (run is { Failure: not null, AsksForConfiguration: true })
        {
            run = run with { Failure = OutdatedConfiguration(options, layout.ObjectDirectory, KbuildQuestions.First(options, make, ask, cancellation)) };
        }

        return new KernelTreeResult
        {
            Succeeded = run.Failure is null,
            IsUpToDate = run.IsUpToDate,
            Reasons = run.Reasons,
            Diagnostics = run.Diagnostics,
            MakeTime = run.Time,
            Log = run.Log,
            OutputDirectory = layout.ObjectDirectory,
        };
    }

    private static KbuildLayout Layout(string place, string source, string output) => new()
    {
        Place = place,
        WorkingDirectory = output,
        ObjectDirectory = output,
        SourceDirectory = source,
        Directories = [output, source],

        // kbuild's own makefiles compile and link; a directory's Makefile says what.
        IsUsersMakefile = makefile => RealPath.IsInside(makefile, source)
            && !RealPath.IsInside(makefile, Path.Combine(source, "scripts"))
            && Path.GetDirectoryName(makefile) is { } directory && directory != source && directory != output,
    };

    private static bool IsKernelTree(KernelTreeOptions options, DiagnosticBag problems)
    {
        var source = options.SourceDirectory;
        if (!Directory.Exists(source))
        {
            problems.Add(DiagnosticCatalog.DirectoryNotFound.At(
                source, 0, $"The kernel source directory '{Path.GetFileName(Path.TrimEndingDirectorySeparator(source))}' does not exist. Correct the IpaKernelTree item."));
            return false;
        }

        foreach (var file in (ReadOnlySpan<string>)["Makefile", "Kbuild"])
        {
            if (!InputFile.IsRegular(Path.Combine(source, file)))
            {
                problems.Add(DiagnosticCatalog.NotAKernelTree.At(
                    source, 0, $"The directory of the IpaKernelTree item has no {file}, so it is not the top of a kernel's sources. Name that directory; a module's directory is an IpaKernelModule, a tree that is built already an IpaObjectTree."));
                return false;
            }
        }

        return true;
    }

    private static KernelConfiguration? ReadConfiguration(KernelTreeOptions options, string source, string output, DiagnosticBag problems)
    {
        KbuildMake.CheckPath(source, "build a kernel whose path", problems);
        if (output != source)
        {
            KbuildMake.CheckPath(output, "build a kernel into a directory whose path", problems);
        }

        var configuration = KernelConfiguration.TryRead(Path.Combine(output, ".config"));
        if (configuration is null)
        {
            var where = options.OutputDirectory is null ? "The kernel source tree" : "OutputDir";
            problems.Add(DiagnosticCatalog.KernelNotConfigured.At(
                output, 0, $"{where} holds no readable .config, so the kernel is not configured. Run {Configure(options, "defconfig")}, or copy a .config and run {Configure(options, "olddefconfig")}; the package does not choose a configuration."));
        }
        else if (configuration.IsForClang)
        {
            problems.Add(DiagnosticCatalog.ClangNotSupported.At(
                Path.Combine(output, ".config"), 0, "The kernel is configured for clang, which has no -fdump-ipa-clones, so it cannot be analysed. Configure it for GCC."));
        }

        return configuration;
    }

    private static Diagnostic OutdatedConfiguration(KernelTreeOptions options, string output, string? symbol)
    {
        var asks = symbol is null ? "kbuild would ask or change it" : $"kbuild would ask, first about {symbol}";
        return DiagnosticCatalog.KernelNotConfigured.At(
            Path.Combine(output, ".config"), 0, $"The .config is not complete for this kernel's options and this compiler, and {asks}. Run {Configure(options, "olddefconfig")} with the same compiler and MakeArguments; the package does not change a configuration.");
    }

    private static string Configure(KernelTreeOptions options, string target) =>
        options.OutputDirectory is null ? $"'make {target}' in the tree" : $"'make O=OutputDir {target}' in the tree";
}
