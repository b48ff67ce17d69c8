using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>An MSBuild that is too old is refused; only one MSBuild is here, so the condition is asked about others.</summary>
internal sealed class MSBuildVersionTests : PackageTest
{
    private static readonly (string Version, string TooOld)[] Versions =
        [("16.11.6", "true"), ("17.14.40", "true"), ("18.8.99", "true"), ("18.9.0", ""), ("18.9.11", ""), ("18.10.1", ""), ("19.0.0", "")];

    [Test]
    public void The_condition_draws_the_line_at_18_9()
    {
        var condition = Condition();
        Assert.That(condition, Does.Contain("$(MSBuildVersion)"));
        // MSBuildVersion itself is reserved and cannot be set.
        var properties = new StringBuilder();
        foreach (var (i, (version, _)) in Versions.Index())
        {
            var attribute = new XAttribute("Condition", condition.Replace("$(MSBuildVersion)", version, StringComparison.Ordinal));
            properties.Append(new XElement($"V{i}", attribute, "true"));
        }

        var project = NewProject().Write("Probe.proj", $"<Project><PropertyGroup>{properties}</PropertyGroup></Project>");
        var names = string.Join(',', Versions.Select((_, i) => $"V{i}"));
        var output = ChildProcess.MustRun("dotnet", ["msbuild", "Probe.proj", "-getProperty:" + names], project.Directory);
        using var document = JsonDocument.Parse(output);
        var values = document.RootElement.GetProperty("Properties");
        Assert.That(
            Versions.Select((v, i) => (v.Version, values.GetProperty($"V{i}").GetString())),
            Is.EqualTo(Versions.Select(v => (v.Version, v.TooOld))));
    }

    [Test]
    public void An_msbuild_that_is_too_old_has_a_code_and_runs_no_task()
    {
        var build = NewProject().Write("src/a.c", "int x;\n").Wrap("""<IpaSource Include="src/*.c" />""").Build("-p:_IpaMSBuildTooOld=true");
        build.MustFailWith("IPA1001");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Log.Tasks, Has.None.StartsWith("Ipa"));
            Assert.That(build.Log.Errors, Has.Count.EqualTo(1));
        }
    }

    private static string Condition()
    {
        using var package = ZipFile.OpenRead(PackageFeed.Current.PackageFile);
        using var targets = package.GetEntry("build/IpaAnalysis.MSBuild.targets")!.Open();
        return XDocument.Load(targets).Descendants("_IpaMSBuildTooOld").Single().Attribute("Condition")!.Value;
    }
}
