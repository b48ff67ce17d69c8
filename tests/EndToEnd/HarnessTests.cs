using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>The harness must see what a build did, or a green test would prove nothing.</summary>
internal sealed class HarnessTests : PackageTest
{
    private const string Targets = """
        <Target Name="Report" AfterTargets="Build">
          <ItemGroup>
            <IpaAffectedFunction Include="a.o!f" Symbol="x%3B%24(Y) é&#10;z" />
          </ItemGroup>
          <Warning Code="TST1" File="a.c" Text="a warning" />
          <Error Condition="'$(Fail)' == 'true'" Code="TST2" File="b.c" Text="an error" />
        </Target>
        <Target Name="Skipped" AfterTargets="Build" Inputs="$(MSBuildProjectFullPath)" Outputs="$(MSBuildProjectFullPath)" />
        """;

    [TestCase(ProjectStyle.NoTargets)]
    [TestCase(ProjectStyle.NetSdk)]
    public void It_reads_codes_targets_and_items(ProjectStyle style)
    {
        var project = NewProject("some prøject").Wrap("", style, targets: Targets);
        var build = project.Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.MustWarnWith("TST1").File, Is.EqualTo("a.c"));
            Assert.That(build.Log.Warnings.Count(w => w.Code == "TST1"), Is.EqualTo(1));
            Assert.That(build.Log.Ran("Report"));
            Assert.That(build.Log.Targets.Single(t => t.Name == "Skipped").Skipped);
            Assert.That(build.Affected.Single()["Symbol"], Is.EqualTo("x;$(Y) é\nz"));
        }
    }

    [Test]
    public void It_reads_a_failed_build()
    {
        var build = NewProject().Wrap("", targets: Targets).Build("-p:Fail=true");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.MustFailWith("TST2").File, Is.EqualTo("b.c"));
            Assert.That(build.Log.Errors, Has.Count.EqualTo(1));
            Assert.That(build.Affected, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void A_snapshot_sees_what_changed()
    {
        var project = NewProject().Write("same", "1").Write("rewritten", "1").Write("changed", "1").Write("removed", "1");
        var before = FileSnapshot.Take(project.Directory);
        File.SetLastWriteTimeUtc(project.Path("rewritten"), DateTime.UtcNow.AddMinutes(1));
        project.Write("changed", "2").Write("added", "1");
        File.Delete(project.Path("removed"));
        Assert.That(
            before.Differences(FileSnapshot.Take(project.Directory)),
            Is.EqualTo(["added added", "changed changed", "removed removed", "rewritten rewritten"]));
    }
}
