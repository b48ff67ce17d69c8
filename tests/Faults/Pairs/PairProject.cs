using System.Collections;
using System.Globalization;
using System.Security;
using IpaAnalysis.Faults.Harness;

namespace IpaAnalysis.Faults.Pairs;

/// <summary>A small wrapper project that is restored once and built often, by the packed package.</summary>
internal sealed class PairProject
{
    private const string PackageId = "IpaAnalysis.MSBuild";
    private static readonly ProcessLimits s_limits = new(TimeSpan.FromMinutes(5), 8L << 30);

    private readonly string _packages;
    private readonly Dictionary<string, string> _environment;

    /// <summary>Writes the project and restores it.</summary>
    /// <param name="directory">An absolute directory of its own.</param>
    /// <param name="packages">The directory that holds the package.</param>
    public PairProject(string directory, string packages)
    {
        (Directory, _packages) = (directory, packages);
        System.IO.Directory.CreateDirectory(Path.Combine(directory, "tmp"));
        _environment = BuildEnvironment();
        Write("Directory.Build.props", "<Project />\n");
        Write("Directory.Build.targets", "<Project />\n");
        Write("nuget.config", Configuration());
        Write("Wrapper.csproj", Project());
        Write("step.h", "static inline int shared_step(int x)\n{\n    int s = 0;\n    for (int i = 0; i < x; i++)\n        s += i ^ x;\n    return s;\n}\n");
        foreach (var name in (string[])["a", "b", "c"])
        {
            WriteSource(name, 1);
        }

        Must(Run(["restore"]));
    }

    /// <summary>The project's directory.</summary>
    public string Directory { get; }

    /// <summary>Writes a source; another number makes other code.</summary>
    public void WriteSource(string name, int number) => Write($"{name}.c", string.Create(CultureInfo.InvariantCulture, $$"""
        #include "step.h"
        static __attribute__((noinline)) int local_{{name}}(int x) { return x * {{number}} + 3; }
        int {{name}}_one(int x, int y) { return shared_step(x) + local_{{name}}(y) + x; }
        int {{name}}_two(int x) { return local_{{name}}(x) ^ shared_step({{number}}); }

        """));

    /// <summary>Removes what builds made.</summary>
    public void Reset()
    {
        foreach (var made in (string[])["bin", "obj/Debug"])
        {
            if (System.IO.Directory.Exists(Path.Combine(Directory, made)))
            {
                System.IO.Directory.Delete(Path.Combine(Directory, made), recursive: true);
            }
        }
    }

    /// <summary>Builds; what is wrong with it in words, or null.</summary>
    /// <param name="flags">The compiler's flags.</param>
    /// <param name="manifest">The manifest's name, in the project's directory.</param>
    public string? Build(string flags, string manifest)
    {
        var run = Run(["build", "--no-restore", "-nodeReuse:false", "-tl:off", "-v:quiet", $"-p:IpaCompilerFlags={flags}", $"-p:IpaManifestFile={manifest}"]);
        return run.ExitCode == 0 ? null : $"the build failed: {run.Exceeded ?? Errors(run.Output)}";
    }

    /// <summary>The text of a manifest; null when it is not there.</summary>
    public string? Manifest(string manifest) => File.Exists(Path.Combine(Directory, manifest)) ? File.ReadAllText(Path.Combine(Directory, manifest)) : null;

    private static string Errors(string output) =>
        string.Join(" | ", output.Split('\n').Where(l => l.Contains("error", StringComparison.Ordinal)).Distinct().Take(3).DefaultIfEmpty(output.Trim()));

    private ProcessRun Run(string[] arguments) => ProcessRun.Of("dotnet", arguments, Directory, _environment, s_limits);

    private static void Must(ProcessRun run)
    {
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"restore failed: {run.Exceeded ?? run.Output}");
        }
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Directory, name), text);

    private string Configuration() => $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="nuget-packages" />
          </config>
          <packageSources>
            <add key="ipa-analysis-faults" value="{SecurityElement.Escape(_packages)}" />
          </packageSources>
          <fallbackPackageFolders>
            <add key="machine" value="{SecurityElement.Escape(MachineCache())}" />
          </fallbackPackageFolders>
        </configuration>

        """;

    private string Project()
    {
        var file = new DirectoryInfo(_packages).GetFiles(PackageId + ".*.nupkg").MaxBy(f => f.LastWriteTimeUtc)
            ?? throw new InvalidOperationException($"There is no {PackageId} package; build/faults.sh packs one.");
        return $"""
            <Project Sdk="Microsoft.Build.NoTargets/3.7.0">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <IpaPassPolicy>none</IpaPassPolicy>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{PackageId}" Version="{Path.GetFileNameWithoutExtension(file.Name)[(PackageId.Length + 1)..]}" PrivateAssets="all" />
                <IpaSource Include="*.c" />
                <IpaPatchedFunction Include="shared_step" />
                <IpaPatchedFunction Include="local_a" />
              </ItemGroup>
            </Project>

            """;
    }

    /// <summary>The user's package cache: read, so that restoring needs no network.</summary>
    private static string MachineCache()
    {
        var given = Environment.GetEnvironmentVariable("NUGET_PACKAGES");
        var path = string.IsNullOrEmpty(given) ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages") : given;
        System.IO.Directory.CreateDirectory(path);
        return path;
    }

    private Dictionary<string, string> BuildEnvironment()
    {
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(e => (Name: (string)e.Key, Value: (string?)e.Value ?? ""))
            .Where(e => e.Name is "PATH" or "HOME" or "DOTNET_ROOT" || (e.Name.StartsWith("NUGET_", StringComparison.Ordinal) && e.Name != "NUGET_PACKAGES"))
            .ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
        environment["TMPDIR"] = Path.Combine(Directory, "tmp");
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        return environment;
    }
}
