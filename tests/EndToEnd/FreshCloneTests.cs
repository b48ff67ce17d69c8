using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>A clone restores as it did the day before, whatever became known of its dependencies since.</summary>
[Category("EndToEnd")]
internal sealed class FreshCloneTests
{
    [Test]
    public void An_audit_source_that_cannot_be_reached_is_a_warning()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } own
            ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var directory = Directory.CreateTempSubdirectory("ipa-clone-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "Directory.Build.props"), $"<Project><Import Project=\"{Repository.Path("Directory.Build.props")}\" /></Project>");
            File.WriteAllText(Path.Combine(directory, "Directory.Build.targets"), "<Project />");
            File.WriteAllText(Path.Combine(directory, "p.csproj"), """<Project Sdk="Microsoft.NET.Sdk"><ItemGroup><PackageReference Include="QuikGraph" /></ItemGroup></Project>""");

            // What this clone was built from; and a port of this machine on which nobody listens.
            File.WriteAllText(Path.Combine(directory, "nuget.config"), $"""
                <configuration>
                  <packageSources><clear /><add key="local" value="{packages}" /></packageSources>
                  <auditSources><clear /><add key="gone" value="http://127.0.0.1:9/v3/index.json" allowInsecureConnections="true" /></auditSources>
                </configuration>
                """);
            var output = ChildProcess.MustRun("dotnet", ["restore", "-nodeReuse:false", "-tl:off", "-v:m"], directory);
            Assert.That(output, Does.Contain("warning NU1900"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
