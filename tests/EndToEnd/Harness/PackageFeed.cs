using System.Globalization;
using System.Security;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>
/// The package under test in a local feed of its own: packed once per run with a version no cache has seen, or
/// taken from the directory that <c>IPA_PACKAGE_DIR</c> names.
/// </summary>
internal sealed class PackageFeed
{
    private const string PackageId = "IpaAnalysis.MSBuild";

    private static readonly Lazy<PackageFeed> Lazily = new(() => new PackageFeed());

    private PackageFeed()
    {
        Root = Directory.CreateTempSubdirectory("ipa-feed-").FullName;
        PackageCache = Path.Combine(Root, "packages");
        TemporaryDirectory = Directory.CreateDirectory(Path.Combine(Root, "tmp")).FullName;
        MachineCache = FindMachineCache();
        var given = Environment.GetEnvironmentVariable("IPA_PACKAGE_DIR");
        Source = string.IsNullOrEmpty(given) ? Pack() : Path.GetFullPath(given);
        PackageFile = new DirectoryInfo(Source).GetFiles(PackageId + ".*.nupkg").OrderBy(f => f.LastWriteTimeUtc).LastOrDefault()?.FullName
            ?? throw new InvalidOperationException($"{Source} holds no {PackageId} package.");
        Version = Path.GetFileNameWithoutExtension(PackageFile)[(PackageId.Length + 1)..];
    }

    /// <summary>The feed; the first call packs.</summary>
    public static PackageFeed Current => Lazily.Value;

    /// <summary>Whether any test asked for the feed.</summary>
    public static bool IsUsed => Lazily.IsValueCreated;

    /// <summary>The private directory of feed and package cache.</summary>
    public string Root { get; }

    /// <summary>The directory that is the feed.</summary>
    public string Source { get; }

    /// <summary>The package.</summary>
    public string PackageFile { get; }

    /// <summary>The package's version.</summary>
    public string Version { get; }

    /// <summary>Where the builds under test unpack packages.</summary>
    public string PackageCache { get; }

    /// <summary>Where the builds under test put temporary files.</summary>
    public string TemporaryDirectory { get; }

    /// <summary>The machine's own package cache: read, so that restores need no network, never written.</summary>
    public string MachineCache { get; }

    /// <summary>
    /// A nuget.config that adds the feed to the machine's sources and lets restores read the machine's cache.
    /// </summary>
    public string NuGetConfig() => $"""
        <configuration>
          <packageSources>
            <add key="ipa-analysis-test" value="{SecurityElement.Escape(Source)}" />
          </packageSources>
          <fallbackPackageFolders>
            <add key="machine" value="{SecurityElement.Escape(MachineCache)}" />
          </fallbackPackageFolders>
        </configuration>

        """;

    private string Pack()
    {
        var feed = Path.Combine(Root, "feed");
        Directory.CreateDirectory(feed);
        var version = "0.1.0-e2e." + DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture);
        ChildProcess.MustRun(
            "dotnet",
            ["pack", Repository.Path("nuget", PackageId + ".csproj"), "-p:Version=" + version, "-o", feed, "-nodeReuse:false", "-tl:off", "-v:quiet"],
            Repository.Root);
        return feed;
    }

    private string FindMachineCache()
    {
        // Prints `global-packages: PATH`.
        var line = ChildProcess.MustRun("dotnet", ["nuget", "locals", "global-packages", "--list"], Root).Trim();
        var path = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        // A fallback folder has to exist.
        Directory.CreateDirectory(path);
        return path;
    }
}
