using System.Security;
using IpaAnalysis.Benchmarks.Measuring;

namespace IpaAnalysis.Benchmarks.Builds;

/// <summary>A NoTargets project in a directory of its own, cut off from the repository's settings.</summary>
internal sealed class WrapperProject
{
    private const string Sdk = "Microsoft.Build.NoTargets/3.7.0";

    private readonly string _directory;
    private readonly string _log;
    private readonly string _items;

    private WrapperProject(string directory, string items)
    {
        _directory = directory;
        _log = Path.Combine(directory, "build.log");
        _items = items;
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "Directory.Build.props"), "<Project />\n");
        File.WriteAllText(Path.Combine(directory, "Directory.Build.targets"), "<Project />\n");
    }

    /// <summary>The manifest that a build writes.</summary>
    public string Manifest => Path.Combine(_directory, "bin", "Debug", "net10.0", "affected-functions.json");

    /// <summary>What <c>IpaExplain</c> writes.</summary>
    public string Explanation => Path.Combine(_directory, "obj", "Debug", "net10.0", "ipa", "explanation.txt");

    /// <summary>What an empty build costs.</summary>
    public static WrapperProject Empty(string directory)
    {
        var project = new WrapperProject(directory, "");
        project.Write([]);
        return project;
    }

    /// <summary>A project that analyses a tree.</summary>
    public static WrapperProject Of(string directory, string tree, BenchPackage package) => new(directory, $"""
        <PackageReference Include="{BenchPackage.Id}" Version="{package.Version}" PrivateAssets="all" />
            <IpaObjectTree Include="{SecurityElement.Escape(tree)}" />
        """);

    /// <summary>Writes the project with these patched functions.</summary>
    public void Write(IEnumerable<string> patched)
    {
        var functions = string.Concat(patched.Select(p => $"    <IpaPatchedFunction Include=\"{SecurityElement.Escape(p)}\" />\n"));
        File.WriteAllText(Path.Combine(_directory, "Wrapper.csproj"), $"""
            <Project Sdk="{Sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <IpaPassPolicy>none</IpaPassPolicy>
              </PropertyGroup>
              <ItemGroup>
                {_items}
            {functions}  </ItemGroup>
            </Project>

            """);
    }

    /// <summary>Restores, once.</summary>
    public void Restore() => Launcher.Run(_log, _directory, "dotnet", "restore", "-nodeReuse:false", "-tl:off", "-v:quiet");

    /// <summary>Builds without restoring.</summary>
    public ProcessCost Build(params IEnumerable<string> arguments) =>
        Launcher.Run(_log, _directory, "dotnet", ["build", "--no-restore", "-nodeReuse:false", "-tl:off", .. arguments]);
}
