namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>Finds the tools that tests need; a missing one is a visible skip, and a failure in continuous integration.</summary>
internal static class Tools
{
    /// <summary>The tool's path.</summary>
    public static string Require(string tool)
    {
        if (Find(tool) is { } path)
        {
            return path;
        }

        Missing($"{tool} is not installed; build/test.sh installs it.");
        return "";
    }

    /// <summary>The build directory of installed kernel headers.</summary>
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
            Missing("No kernel headers are installed; build/test.sh installs them.");
        }

        return build!;
    }

    private static string? Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, tool))
            .FirstOrDefault(File.Exists);

    private static void Missing(string message)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(message);
        }

        Assert.Ignore(message);
    }
}
