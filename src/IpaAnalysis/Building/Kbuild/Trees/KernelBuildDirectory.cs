using IpaAnalysis.Diagnostics;
using IpaAnalysis.Files;
using IpaAnalysis.Files.Native;

namespace IpaAnalysis.Building.Kbuild.Trees;

/// <summary>Where a kernel was configured and built, and where its sources are.</summary>
/// <param name="BuildDirectory">Absolute directory with <c>.config</c> and the generated headers, symbolic links resolved; make runs there.</param>
/// <param name="SourceDirectory">Absolute directory with the sources, symbolic links resolved; the same as <paramref name="BuildDirectory"/> when nothing names another.</param>
internal sealed record KernelBuildDirectory(string BuildDirectory, string SourceDirectory)
{
    /// <summary>Where installed kernels have their modules and a link to their build directory.</summary>
    internal const string InstalledModules = "/lib/modules";

    private const string RunningRelease = "/proc/sys/kernel/osrelease";

    /// <summary>Finds the build directory.</summary>
    /// <param name="given">What the user gave, absolute or relative to <paramref name="baseDirectory"/>; null or empty for the default: the running kernel's, else the only one installed.</param>
    /// <param name="baseDirectory">Absolute directory that relative paths start from.</param>
    /// <param name="problem">The reason when there is none: <c>KernelBuildDirNotFound</c>.</param>
    public static KernelBuildDirectory? Find(string? given, string baseDirectory, out Diagnostic? problem) =>
        Find(given, baseDirectory, InstalledModules, ReadRelease(), out problem);

    /// <summary>The same with another place of installed kernels and another running one.</summary>
    internal static KernelBuildDirectory? Find(
        string? given, string baseDirectory, string modules, string release, out Diagnostic? problem)
    {
        const string Remedy = "Install the headers of one kernel (package 'linux-headers-…' or 'kernel-devel') or name a kernel build directory in the metadata KernelBuildDir";
        problem = null;
        if (!string.IsNullOrEmpty(given))
        {
            var directory = given.Contains('\0', StringComparison.Ordinal) ? baseDirectory + "/" : Path.GetFullPath(given, baseDirectory);
            if (IsBuildDirectory(directory))
            {
                return Describe(directory);
            }

            problem = DiagnosticCatalog.KernelBuildDirNotFound.At(
                directory, 0, "KernelBuildDir names a directory that is missing or holds no Makefile, so no kernel module can be built there. Correct the metadata, or leave it out to use the installed headers.");
            return null;
        }

        if (release.Length > 0 && Path.Combine(modules, release, "build") is var running && IsBuildDirectory(running))
        {
            return Describe(running);
        }

        var installed = Installed(modules);
        if (installed is [var only])
        {
            return Describe(Path.Combine(modules, only, "build"));
        }

        problem = DiagnosticCatalog.KernelBuildDirNotFound.At(installed.Count == 0
            ? $"No kernel headers are installed. {Remedy}."
            : $"The running kernel's headers are not installed, and several others are: {string.Join(", ", installed)}. {Remedy}.");
        return null;
    }

    /// <summary>Whether the kernel was configured for clang; kbuild itself says it when the configuration is missing.</summary>
    internal bool IsConfiguredForClang() =>
        KernelConfiguration.TryRead(Path.Combine(BuildDirectory, "include/config/auto.conf")) is { IsForClang: true };

    private static KernelBuildDirectory Describe(string directory)
    {
        var build = RealPath.Of(directory);
        return new KernelBuildDirectory(build, RealPath.Of(SourceOf(build)));
    }

    private static string SourceOf(string build)
    {
        // A tree built with O= has a `source` link; Debian's headers have a Makefile of one include line.
        const string Include = "include ";
        const string Makefile = "/Makefile";
        try
        {
            var source = Path.Combine(build, "source");
            if (Directory.Exists(source))
            {
                return source;
            }

            foreach (var line in InputFile.ReadLines(Path.Combine(build, "Makefile"), FileRole.BuildText).Take(20))
            {
                if (line.StartsWith(Include, StringComparison.Ordinal) && line.TrimEnd().EndsWith(Makefile, StringComparison.Ordinal))
                {
                    var directory = Path.GetFullPath(line.Trim()[Include.Length..^Makefile.Length].Trim(), build);
                    if (Directory.Exists(directory))
                    {
                        return directory;
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the build directory itself is the best guess.
        }

        return build;
    }

    private static List<string> Installed(string modules)
    {
        try
        {
            return new DirectoryInfo(modules).EnumerateDirectories()
                .Where(static kernel => IsBuildDirectory(Path.Combine(kernel.FullName, "build")))
                .Select(static kernel => kernel.Name)
                .Order(StringComparer.Ordinal)
                .ToList();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsBuildDirectory(string directory) => InputFile.IsRegular(Path.Combine(directory, "Makefile"));

    private static string ReadRelease()
    {
        try
        {
            return InputFile.ReadAllText(RunningRelease, FileRole.KernelText).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
