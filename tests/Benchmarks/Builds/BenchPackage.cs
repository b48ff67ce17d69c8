using System.Security;

namespace IpaAnalysis.Benchmarks.Builds;

/// <summary>The packed package in a local feed.</summary>
internal sealed class BenchPackage
{
    /// <summary>The package's id.</summary>
    public const string Id = "IpaAnalysis.MSBuild";

    private readonly string _feed;

    /// <param name="feed">The directory that holds the package.</param>
    public BenchPackage(string feed)
    {
        _feed = Path.GetFullPath(feed);
        var file = new DirectoryInfo(_feed).GetFiles(Id + ".*.nupkg").MaxBy(f => f.LastWriteTimeUtc)
            ?? throw new FileNotFoundException($"{feed} holds no {Id} package; build/bench.sh packs one.");
        Version = Path.GetFileNameWithoutExtension(file.Name)[(Id.Length + 1)..];
    }

    /// <summary>Its version.</summary>
    public string Version { get; }

    /// <summary>Makes projects below a directory take packages from the feed, and keep them out of the user's cache.</summary>
    public void WriteConfiguration(string directory)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="nuget-packages" />
              </config>
              <packageSources>
                <add key="ipa-analysis-bench" value="{SecurityElement.Escape(_feed)}" />
              </packageSources>
            </configuration>

            """);
    }
}
