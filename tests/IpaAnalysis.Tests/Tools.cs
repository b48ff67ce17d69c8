using System.Diagnostics;
using System.Text;

namespace IpaAnalysis.Tests;

/// <summary>Finds what tests need of the machine. Every test project links this file.</summary>
internal static class Tools
{
    /// <summary>The tool's path. A missing tool is a visible skip, and a failure in continuous integration.</summary>
    public static string Require(string tool)
    {
        if (Find(tool) is { } path)
        {
            return path;
        }

        RequireFailed($"{tool} is not installed; build/test.sh installs it.");
        return "";
    }

    /// <summary>The tool's path, or null.</summary>
    public static string? Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, tool))
            .FirstOrDefault(File.Exists);

    /// <summary>
    /// Writes a program, in a process of its own: what another test starts at this moment inherits the files that this process
    /// is writing until it runs its own program, and Linux starts nothing that anybody is writing.
    /// </summary>
    public static void WriteProgram(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "cat > \"$1\" && chmod 700 \"$1\"", "sh", path])
        {
            RedirectStandardInput = true,
            StandardInputEncoding = new UTF8Encoding(false),
        })!;
        process.StandardInput.Write(content);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, path);
    }

    /// <summary>The build directory of the installed kernel headers, with make and gcc to use it, under the same rule.</summary>
    public static string RequireKernelHeaders()
    {
        Require("make");
        Require("gcc");
        var modules = new DirectoryInfo("/lib/modules");
        var build = modules.Exists
            ? modules.GetDirectories().Select(d => Path.Combine(d.FullName, "build")).FirstOrDefault(d => File.Exists(Path.Combine(d, "Makefile")))
            : null;
        if (build is null)
        {
            RequireFailed("No kernel headers are installed; build/test.sh installs them.");
        }

        return build!;
    }

    /// <summary>The object that kbuild of Linux 6.12 and later links into every module of a directory, if it is there; by its name, which sorts first.</summary>
    public static string[] ModuleCommonObject(string moduleDirectory) =>
        File.Exists(Path.Combine(moduleDirectory, ".module-common.o")) ? [".module-common.o"] : [];

    /// <summary>The archive of a kernel's sources, with all that unpacking, configuring and building them needs, under the same rule.</summary>
    public static string RequireKernelSource()
    {
        // Debian's package linux-source-6.1; libelf is for objtool.
        const string Archive = "/usr/src/linux-source-6.1.tar.xz";
        foreach (var tool in (string[])["make", "gcc", "flex", "bison", "bc", "tar", "xz"])
        {
            Require(tool);
        }

        foreach (var file in (string[])[Archive, "/usr/include/libelf.h"])
        {
            if (!File.Exists(file))
            {
                RequireFailed($"{file} is not there; build/test.sh installs it.");
            }
        }

        return Archive;
    }

    /// <summary>The directory of dumps that <c>IPA_CORPUS</c> names; without it the test is skipped, also in continuous integration.</summary>
    public static string RequireCorpus()
    {
        var corpus = Environment.GetEnvironmentVariable("IPA_CORPUS");
        if (!Directory.Exists(corpus))
        {
            Assert.Ignore("IPA_CORPUS names no directory of dumps.");
        }

        return corpus!;
    }

    private static void RequireFailed(string message)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
    }
}
