using System.Text.Json;
using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>The SARIF log, through the package.</summary>
internal sealed class SarifTests : PackageTest
{
    private const string Log = "reports/ipa.sarif";
    private const string Property = "<IpaSarifFile>reports/ipa.sarif</IpaSarifFile>";

    [TestCase(ProjectStyle.NoTargets)]
    [TestCase(ProjectStyle.NetSdk)]
    public void A_failed_gate_leaves_its_violations_and_a_second_build_nothing_new(ProjectStyle style)
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """
            <IpaSource Include="src/*.c" />
            <IpaPatchedFunction Include="find_record" />
            <IpaForbiddenPass Include="isra" />
            <IpaForbiddenPass Include="constprop" Severity="Info" />
            <IpaForbiddenPass Include="inline" Severity="Warning" />
            <IpaGateException Include="inline" Function="in_bounds" Justification="Checks nothing that a patch changes." />
            """, style, Property);
        project.Build().MustFailWith("IPA5001");
        var before = FileSnapshot.Take(project.Directory);
        project.Build().MustFailWith("IPA5001");
        var log = Load(project);
        var violations = log.Results.Where(r => r.GetProperty("ruleId").GetString() == "IPA5001").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
            Assert.That(log.Run.GetProperty("properties").GetProperty("verdict").GetString(), Is.EqualTo("failed"));
            Assert.That(log.Run.GetProperty("tool").GetProperty("driver").GetProperty("version").GetString(), Is.EqualTo(PackageFeed.Current.Version));
            Assert.That(violations.Select(v => v.GetProperty("level").GetString()).Distinct(), Is.EquivalentTo(["error", "note", "warning"]));
            Assert.That(violations.Where(v => v.GetProperty("suppressions").GetArrayLength() > 0).Select(Uri), Has.Some.EqualTo("src/parser.c").And.All.StartWith("src/"));
            Assert.That(violations.Select(Uri), Has.Member("src/packet.h"), "a header's function");
            Assert.That(File.ReadAllText(project.Path(Log)), Does.Not.Contain(project.Directory));
        }

        project.Run("Clean").MustSucceed();
        Assert.That(File.Exists(project.Path(Log)), Is.False);
    }

    [Test]
    public void The_same_bytes_in_another_directory_with_odd_names()
    {
        Tools.Require("gcc");
        const string Name = "50% #1 ü;x";
        byte[] Build(string directory)
        {
            var project = NewProject(directory).Wrap(
                """<IpaSource Include="src/*.c" /><IpaForbiddenPass Include="constprop" Severity="Warning" />""", properties: Property);
            project.Write($"src/{Name}.c", """
                static __attribute__((noinline)) int helper(int x, int unused) { return x * 3; }
                int caller(int x, int y) { return helper(x, y); }
                """);
            project.Build().MustSucceed();
            Assert.That(System.Uri.UnescapeDataString(Load(project).Results.Select(Uri).Single()), Is.EqualTo($"src/{Name}.c"));
            return File.ReadAllBytes(project.Path(Log));
        }

        Assert.That(Build("a"), Is.EqualTo(Build("b c")));
    }

    [Test]
    public void A_build_without_the_package_keeps_it_for_Clean()
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """<IpaSource Include="src/*.c" />""", ProjectStyle.NetSdk, Property);
        project.Build().MustSucceed();
        project.Build("-p:IpaAnalysisEnabled=false").MustSucceed();
        Assert.That(Load(project).Results, Is.Empty);
        project.Run("Clean").MustSucceed();
        Assert.That(File.Exists(project.Path(Log)), Is.False);
    }

    private static SarifLog Load(TestProject project) => SarifLog.Parse(
        File.ReadAllBytes(project.Path(Log)), Repository.Path("tests", "IpaAnalysis.Tests", "Fixtures", "Sarif", "sarif-subset.schema.json"));

    private static string Uri(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation")
        .GetProperty("artifactLocation").GetProperty("uri").GetString()!;
}
