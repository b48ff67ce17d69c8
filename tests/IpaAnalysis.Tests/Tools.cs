namespace IpaAnalysis.Tests;

/// <summary>Finds the compilers that tests run.</summary>
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

    /// <summary>The build directory of the installed kernel headers, under the same rule.</summary>
    public static string RequireKernelHeaders()
    {
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

    private static void RequireFailed(string message)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
    }
}
