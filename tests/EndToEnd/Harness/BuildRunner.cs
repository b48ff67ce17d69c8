using System.Text.Json;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>Runs <c>dotnet build</c> in a process of its own and reads back what it did.</summary>
internal static class BuildRunner
{
    private static readonly string[] Items = ["IpaManifest", "IpaAffectedFunction", "IpaFunctionToPatch", "FileWrites"];

    /// <summary>Builds a project.</summary>
    /// <param name="project">The project file.</param>
    /// <param name="logFile">Where to write the binary log.</param>
    /// <param name="target">The target to call.</param>
    /// <param name="arguments">Further arguments.</param>
    /// <param name="environment">Variables to add to the clean environment.</param>
    public static BuildResult Build(
        string project,
        string logFile,
        string target = "Build",
        IEnumerable<string>? arguments = null,
        IReadOnlyDictionary<string, string?>? environment = null)
    {
        var resultFile = logFile + ".json";
        // The items come through -getItem: exact, after the target, and there when the build failed.
        string[] command =
        [
            "build", project, "-t:" + target, "-nodeReuse:false", "-tl:off", "-bl:" + logFile,
            "-getItem:" + string.Join(',', Items), "-getProperty:IpaManifestFile,OutputPath,IpaRecommendedFlags", "-getResultOutputFile:" + resultFile,
            .. arguments ?? [],
        ];
        var run = Dotnet(command, Path.GetDirectoryName(project)!, environment);
        var (items, properties) = ReadResults(resultFile);
        return new BuildResult(run.ExitCode, run.Output, BuildLog.Read(logFile), items, properties);
    }

    /// <summary>Builds several projects at once; items of one project cannot be asked for then.</summary>
    public static BuildResult BuildMany(string solution, string logFile, params string[] arguments)
    {
        string[] command = ["build", solution, "-nodeReuse:false", "-tl:off", "-bl:" + logFile, .. arguments];
        var run = Dotnet(command, Path.GetDirectoryName(solution)!, null);
        return new BuildResult(
            run.ExitCode, run.Output, BuildLog.Read(logFile), new Dictionary<string, IReadOnlyList<BuildItem>>(), new Dictionary<string, string>());
    }

    /// <summary>Starts a build without waiting for its end.</summary>
    public static System.Diagnostics.Process Start(string project, params string[] arguments) =>
        // A test run that was started in the background ignores SIGINT, and its children would inherit that.
        ChildProcess.Start(
            "env",
            ["--default-signal=INT", "dotnet", "build", project, "-nodeReuse:false", "-tl:off", .. arguments],
            Path.GetDirectoryName(project)!,
            Variables(null));

    private static Dictionary<string, string?> Variables(IReadOnlyDictionary<string, string?>? environment) =>
        new(environment ?? new Dictionary<string, string?>())
        {
            ["NUGET_PACKAGES"] = PackageFeed.Current.PackageCache,
            // Builds leave directories behind there. One for all: NuGet's locks on the package cache lie in it.
            ["TMPDIR"] = PackageFeed.Current.TemporaryDirectory,
        };

    private static ProcessResult Dotnet(string[] command, string directory, IReadOnlyDictionary<string, string?>? environment) =>
        ChildProcess.Run("dotnet", command, directory, Variables(environment), TimeSpan.FromMinutes(10));

    private static (Dictionary<string, IReadOnlyList<BuildItem>> Items, Dictionary<string, string> Properties) ReadResults(string path)
    {
        var items = new Dictionary<string, IReadOnlyList<BuildItem>>();
        var properties = new Dictionary<string, string>();
        // A build that failed before the target, in restore for one, leaves none.
        if (!File.Exists(path))
        {
            return (items, properties);
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var property in document.RootElement.GetProperty("Properties").EnumerateObject())
        {
            properties[property.Name] = property.Value.GetString() ?? "";
        }

        foreach (var list in document.RootElement.GetProperty("Items").EnumerateObject())
        {
            items[list.Name] = [.. list.Value.EnumerateArray().Select(ReadItem)];
        }

        File.Delete(path);
        return (items, properties);
    }

    private static BuildItem ReadItem(JsonElement item)
    {
        var metadata = item.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");
        return new BuildItem(metadata["Identity"], metadata);
    }
}
