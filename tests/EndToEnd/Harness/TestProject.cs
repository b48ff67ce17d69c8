using System.Text;

namespace IpaAnalysis.EndToEnd.Harness;

/// <summary>A wrapper project in a temporary directory, cut off from this repository's settings.</summary>
internal sealed class TestProject : IDisposable
{
    private const string Wrapper = "Wrapper.csproj";

    private readonly string _temporary;
    private readonly List<string> _logs = [];
    private bool _restored;
    private (string Kind, Func<TestProject> New)? _twin;

    /// <param name="directoryName">The name of the project's directory; may hold blanks and any characters.</param>
    public TestProject(string directoryName = "project")
    {
        _temporary = System.IO.Directory.CreateTempSubdirectory("ipa-e2e-").FullName;
        Directory = System.IO.Path.Combine(_temporary, directoryName);
        System.IO.Directory.CreateDirectory(Directory);
        File.WriteAllText(System.IO.Path.Combine(_temporary, "nuget.config"), PackageFeed.Current.NuGetConfig());
        File.WriteAllText(System.IO.Path.Combine(_temporary, "Directory.Build.props"), "<Project />\n");
        File.WriteAllText(System.IO.Path.Combine(_temporary, "Directory.Build.targets"), "<Project />\n");
    }

    /// <summary>The temporary directory above it.</summary>
    public string Root => _temporary;

    /// <summary>The project's directory.</summary>
    public string Directory { get; private set; }

    /// <summary>The project file, once there is one.</summary>
    public string ProjectFile => System.IO.Directory.GetFiles(Directory, "*.csproj").Single();

    /// <summary>The build's output directory; it may not exist yet.</summary>
    public string OutputDirectory => Path("bin", "Debug", "net10.0");

    /// <summary>A path below <see cref="Directory"/>.</summary>
    public string Path(params string[] parts) => System.IO.Path.Combine([Directory, .. parts]);

    /// <summary>Writes the wrapper project. The gate is off unless <paramref name="properties"/> choose a policy (an empty one is the default).</summary>
    /// <param name="items">The inputs, as XML.</param>
    /// <param name="style">The project's SDK.</param>
    /// <param name="properties">Properties, as XML.</param>
    /// <param name="targets">Anything else, as XML.</param>
    /// <param name="file">The project file, below <see cref="Directory"/>.</param>
    public TestProject Wrap(
        string items, ProjectStyle style = ProjectStyle.NoTargets, string properties = "", string targets = "", string file = Wrapper)
    {
        _restored = false;
        _twin = file == Wrapper ? ($"{style}", () => new TestProject().Wrap("", style)) : null;
        var sdk = style == ProjectStyle.NoTargets ? "Microsoft.Build.NoTargets/3.7.0" : "Microsoft.NET.Sdk";
        return Write(file, $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <IpaPassPolicy>none</IpaPassPolicy>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="IpaAnalysis.MSBuild" Version="{PackageFeed.Current.Version}" PrivateAssets="all" />
                {items}
              </ItemGroup>
              {targets}
            </Project>

            """);
    }

    /// <summary>Writes a file, in UTF-8.</summary>
    public TestProject Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file.</summary>
    public TestProject Write(string path, byte[] bytes)
    {
        var full = Path(path);
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    /// <summary>Copies a sample, without what a build in the repository may have left in it.</summary>
    public TestProject CopySample(string name)
    {
        _twin = (name, () => new TestProject().CopySample(name));
        CopyDirectory(Repository.Path("tests", "Samples", name), Directory);
        return this;
    }

    /// <summary>Copies a sample's sources and wraps them in a project of the test's own.</summary>
    public TestProject WrapSample(string name, string items, ProjectStyle style = ProjectStyle.NoTargets, string properties = "")
    {
        CopySample(name);
        File.Delete(ProjectFile);
        return Wrap(items, style, properties);
    }

    /// <summary>Replaces text in a file, and fails the test if it is not there.</summary>
    public TestProject Edit(string path, string old, string @new)
    {
        var text = File.ReadAllText(Path(path));
        Assert.That(text, Does.Contain(old), path);
        return Write(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    /// <summary>Compiles a C file of the project with the dump options, as some other build would.</summary>
    public TestProject Compile(string source, string @object, string compiler = "gcc", params string[] flags)
    {
        Tools.Require(compiler);
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path(@object))!);
        ChildProcess.MustRun(
            compiler, ["-O2", "-fdump-ipa-clones", "-fcallgraph-info", .. flags, "-c", source, "-o", @object], Directory);
        return this;
    }

    /// <summary>Builds, and keeps the log until the test's end.</summary>
    public BuildResult Build(params string[] arguments) => Run("Build", arguments);

    /// <summary>Calls a target, with further arguments.</summary>
    public BuildResult Run(string target, string[]? arguments = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var log = NewLogFile();
        string[] version = ["-p:IpaAnalysisVersion=" + PackageFeed.Current.Version];
        // Restoring takes longer than all the rest of a small build, and a second one finds nothing to do.
        string[] restore = _restored || (environment is null && IsRestoredFromTemplate(target, arguments ?? [])) ? ["--no-restore"] : [];
        var build = BuildRunner.Build(ProjectFile, log, target, [.. version, .. restore, .. arguments ?? []], environment);
        _restored = File.Exists(Path("obj", "project.assets.json"));
        return build;
    }

    /// <summary>Restores the project, so that a build writes nothing that a restore writes.</summary>
    public void Restore()
    {
        if (!_restored && !IsRestoredFromTemplate("Build", []))
        {
            Run("Restore").MustSucceed();
        }

        _restored = true;
    }

    /// <summary>Runs builds at the same time, each a while after the one before; nothing is restored.</summary>
    /// <param name="arguments">The arguments of each.</param>
    /// <param name="delay">How much later the next one starts.</param>
    public IReadOnlyList<BuildResult> RunAtOnce(IReadOnlyList<string[]> arguments, TimeSpan delay)
    {
        var builds = arguments.Select((a, i) => (Log: NewLogFile(), Arguments: a, Start: i * delay)).ToArray();
        return System.Threading.Tasks.Task.WhenAll(builds.Select(build => System.Threading.Tasks.Task.Run(async () =>
        {
            await System.Threading.Tasks.Task.Delay(build.Start);
            return BuildRunner.Build(ProjectFile, build.Log, "Build", ["-p:IpaAnalysisVersion=" + PackageFeed.Current.Version, .. build.Arguments]);
        }))).GetAwaiter().GetResult();
    }

    /// <summary>Starts a build without waiting for its end.</summary>
    public System.Diagnostics.Process Start(params string[] arguments) =>
        BuildRunner.Start(ProjectFile, ["-p:IpaAnalysisVersion=" + PackageFeed.Current.Version, .. arguments]);

    /// <summary>Builds a solution or traversal file of the project's directory.</summary>
    public BuildResult BuildMany(string file, params string[] arguments) =>
        BuildRunner.BuildMany(Path(file), NewLogFile(), ["-p:IpaAnalysisVersion=" + PackageFeed.Current.Version, .. arguments]);

    /// <summary>Moves the whole project to another directory.</summary>
    public void Move(string directoryName)
    {
        var target = System.IO.Path.Combine(_temporary, directoryName);
        System.IO.Directory.Move(Directory, target);
        // What was restored holds absolute paths.
        _restored = false;
        Directory = target;
    }

    /// <summary>Copies the binary logs of a failed test to where they can be looked at.</summary>
    public void KeepLogs(string directory)
    {
        System.IO.Directory.CreateDirectory(directory);
        foreach (var log in _logs.Where(File.Exists))
        {
            var kept = System.IO.Path.Combine(directory, System.IO.Path.GetFileName(log));
            File.Copy(log, kept, overwrite: true);
            TestContext.AddTestAttachment(kept);
        }
    }

    /// <summary>Removes everything.</summary>
    public void Dispose() => System.IO.Directory.Delete(_temporary, recursive: true);

    private static void CopyDirectory(string from, string to)
    {
        foreach (var directory in System.IO.Directory.GetDirectories(from))
        {
            var name = System.IO.Path.GetFileName(directory);
            if (name is not ("bin" or "obj"))
            {
                CopyDirectory(directory, System.IO.Path.Combine(to, name));
            }
        }

        System.IO.Directory.CreateDirectory(to);
        foreach (var file in System.IO.Directory.GetFiles(from))
        {
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)));
        }
    }

    private bool IsRestoredFromTemplate(string target, string[] arguments) =>
        target != "Restore" && _twin is { } twin && RestoreTemplate.Of(twin.Kind, twin.New).TryWrite(this, arguments);

    private string NewLogFile()
    {
        var log = System.IO.Path.Combine(_temporary, $"build{_logs.Count}.binlog");
        _logs.Add(log);
        return log;
    }
}
