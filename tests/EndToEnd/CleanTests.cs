using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>Clean leaves nothing of ours and takes nothing of the user's.</summary>
internal sealed class CleanTests : PackageTest
{
    [TestCase(ProjectStyle.NoTargets)]
    [TestCase(ProjectStyle.NetSdk)]
    public void Sources(ProjectStyle style)
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """
            <IpaSource Include="src/*.c" />
            <IpaPatchedFunction Include="find_record" />
            """, style);
        LeavesNothing(project);
    }

    [Test]
    public void Whatever_the_flags_made_gcc_write()
    {
        Tools.Require("gcc");
        LeavesNothing(NewProject().WrapSample("QuickStart", """<IpaSource Include="src/*.c" />""", properties:
            "<IpaCompilerFlags>-O2 -g -gsplit-dwarf --coverage -fstack-usage -fdump-tree-optimized</IpaCompilerFlags>"));
    }

    [Test]
    public void A_manifest_elsewhere()
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """<IpaSource Include="src/*.c" />""", properties:
            "<IpaManifestFile>reports/affected.json</IpaManifestFile>");
        LeavesNothing(project.Write("reports/notes.txt", "mine\n"));
    }

    [Test]
    public void Kernel_module()
    {
        var headers = Tools.RequireKernelHeaders();
        LeavesNothing(NewProject().WrapSample("KernelModule", $"""<IpaKernelModule Include="module" KernelBuildDir="{headers}" />"""));
    }

    [Test]
    public void Rebuild_compiles_again()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart");
        var first = project.Build().MustSucceed();
        var before = FileSnapshot.Take(project.Directory);
        var again = project.Run("Rebuild").MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Has.Some.EndsWith("parser.o"));
            Assert.That(again.ToPatch.Select(i => i.Describe()), Is.EqualTo(first.ToPatch.Select(i => i.Describe())));
        }
    }

    // What the SDK itself leaves behind is what a build without us leaves.
    private static void LeavesNothing(TestProject project)
    {
        project.Build("-p:IpaAnalysisEnabled=false").MustSucceed();
        project.Write("bin/Debug/net10.0/mine.txt", "mine\n").Write("obj/mine.txt", "mine\n");
        project.Run("Clean", ["-p:IpaAnalysisEnabled=false"]).MustSucceed();
        var before = FileSnapshot.Take(project.Directory);

        var build = project.Build().MustSucceed();
        Assert.That(File.Exists(build.ManifestPath));
        project.Run("Clean").MustSucceed();
        var after = FileSnapshot.Take(project.Directory);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.Files, Is.EqualTo(before.Files));
            Assert.That(before.Differences(after), Has.None.Not.Match("^[a-z]+ obj/"), "the user's files");
        }
    }
}
