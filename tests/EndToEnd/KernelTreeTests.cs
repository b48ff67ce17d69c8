using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>A miniature of a kernel's source tree; <see cref="RealKernelTests"/> has a real one.</summary>
internal sealed class KernelTreeTests : PackageTest
{
    [Test]
    public void A_tree_is_built_analysed_and_left_alone_by_clean()
    {
        var project = Project("""
            <IpaKernelTree Include="linux" OutputDir="build" MakeTargets="kernel/time/" TreeName="k" />
            <IpaPatchedFunction Include="version" />
            """).Write("build/.config", FakeKernel.Config);
        var build = project.Build().MustSucceed();
        var version = Manifest.Load(build.ManifestPath).Patched("version");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.MustWarnWith("IPA2002").File, Is.EqualTo(project.Path("linux/kernel/time/time.c")));
            Assert.That(version.SourceFile, Is.EqualTo("include/generated/version.h"));
            Assert.That(version.AffectedKeys, Is.EqualTo(["k/kernel/time/time.o!scale", "k/kernel/time/time.o!time_get"]));
        }

        var before = FileSnapshot.Take(project.Directory);
        Assert.That(project.Build().MustSucceed().Codes, Is.EqualTo(build.Codes));
        Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);

        project.Run("Clean").MustSucceed();
        Assert.That(
            before.Differences(FileSnapshot.Take(project.Directory)),
            Is.Not.Empty.And.None.Contains(" build/").And.None.Contains(" linux/"));
    }

    [Test]
    public void A_tree_built_in_its_sources_beside_compiled_sources()
    {
        var project = Project("""
            <IpaKernelTree Include="linux" />
            <IpaSource Include="tool.c" />
            <IpaPatchedFunction Include="scale" />
            """).Write("tool.c", "int tool(void) { return 0; }\n");
        Assert.That(project.Build().MustFailWith("IPA1021").File, Is.EqualTo(project.Path("linux")));

        project.Write("linux/.config", FakeKernel.Config);
        var manifest = Manifest.Load(project.Build().MustSucceed().ManifestPath);
        Assert.That(manifest.Summary("objects"), Is.EqualTo(4));
        Assert.That(manifest.Patched("scale").Instances, Is.EqualTo(["kernel/time/time.o!scale -"]));
    }

    private TestProject Project(string items)
    {
        Tools.Require("make");
        Tools.Require("gcc");
        var project = NewProject().Wrap(items);
        FakeKernel.Write((path, text) => project.Write("linux/" + path, text));
        return project;
    }
}
