using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>A build with nothing to do does nothing, and says the same.</summary>
internal sealed class IncrementalTests : PackageTest
{
    [TestCase(ProjectStyle.NoTargets)]
    [TestCase(ProjectStyle.NetSdk)]
    public void Sources(ProjectStyle style)
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """
            <IpaSource Include="src/*.c" />
            <IpaPatchedFunction Include="find_record" />
            <IpaPatchedFunction Include="in_bounds" AllMatches="true" />
            """, style, "<IpaCompilerFlags>-O2 -Wall</IpaCompilerFlags>");
        project.Write("src/warns.c", "static int unused(void) { return 0; }\n");
        SecondBuildDoesNothing(project);
    }

    [Test]
    public void Object_tree()
    {
        Tools.Require("make");
        Tools.Require("gcc");
        var project = NewProject().CopySample("ObjectTree");
        ChildProcess.MustRun("make", [], project.Path("tree"));
        project.Write("tree/stray.c.000i.ipa-clones", "");
        SecondBuildDoesNothing(project);
    }

    [Test]
    public void Kernel_module()
    {
        Tools.RequireKernelHeaders();
        SecondBuildDoesNothing(NewProject().CopySample("KernelModule"));
    }

    [Test]
    public void A_failed_build_fails_again_with_the_same_errors()
    {
        Tools.Require("gcc");
        var project = NewProject().WrapSample("QuickStart", """
            <IpaSource Include="src/*.c" />
            <IpaPatchedFunction Include="parse_headr" />
            """);
        var first = project.Build().MustFailWith("IPA4001");
        var before = FileSnapshot.Take(project.Directory);
        Assert.That(project.Build().MustFailWith("IPA4001"), Is.EqualTo(first));
        Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
    }

    [Test]
    public void Only_what_a_change_concerns_is_compiled_again()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart");
        project.Build().MustSucceed();
        var before = FileSnapshot.Take(project.Directory);

        project.Edit("src/count.c", "count++;", "count += 1;").Build().MustSucceed();
        var after = FileSnapshot.Take(project.Directory);
        Assert.That(Objects(before.Differences(after)), Is.EqualTo(["count.o"]));

        project.Edit("src/packet.h", "HEADER_SIZE 4u", "HEADER_SIZE 6u").Build().MustSucceed();
        Assert.That(Objects(after.Differences(FileSnapshot.Take(project.Directory))), Is.EquivalentTo(["count.o", "parser.o", "report.o"]));
    }

    [Test]
    public void Another_flag_compiles_again()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart");
        var first = project.Build().MustSucceed();
        var second = project.Build("-p:IpaCompilerFlags=-O2 -fno-ipa-cp -fno-ipa-sra").MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Affected.Select(i => i["Symbol"]), Has.Some.EqualTo("find_record.constprop.0"));
            Assert.That(second.Affected.Select(i => i["Symbol"]), Has.None.EqualTo("find_record.constprop.0"));
        }
    }

    [Test]
    public void Another_patched_function_compiles_nothing()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart");
        project.Build().MustSucceed();
        var before = FileSnapshot.Take(project.Directory);
        var build = project.Edit("QuickStart.csproj", "Include=\"parse_header\"", "Include=\"count_level\"").Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Objects(before.Differences(FileSnapshot.Take(project.Directory))), Is.Empty);
            Assert.That(build.ToPatch.Select(i => i["Symbol"]), Does.Contain("count_records"));
        }
    }

    [Test]
    public void A_removed_source_leaves_nothing_behind()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart");
        project.Build().MustSucceed();
        Assert.That(FileSnapshot.Take(project.Directory).Files, Has.Some.EndsWith("count.o"));
        File.Delete(project.Path("src", "count.c"));
        project.Build().MustSucceed();
        Assert.That(FileSnapshot.Take(project.Directory).Files, Has.None.Contains("count."));
    }

    private static IEnumerable<string> Objects(IEnumerable<string> differences) =>
        differences.Where(d => d.EndsWith(".o", StringComparison.Ordinal)).Select(d => Path.GetFileName(d));

    private static void SecondBuildDoesNothing(TestProject project)
    {
        var first = project.Build().MustSucceed();
        var before = FileSnapshot.Take(project.Directory);
        // Time stamps of a second's resolution would hide a rewrite.
        Thread.Sleep(1100);
        var second = project.Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
            Assert.That(second.Log.Diagnostics, Is.EqualTo(first.Log.Diagnostics));
            Assert.That(second.Affected.Select(i => i.Describe()), Is.EqualTo(first.Affected.Select(i => i.Describe())));
            Assert.That(second.ToPatch.Select(i => i.Describe()), Is.EqualTo(first.ToPatch.Select(i => i.Describe())));
            Assert.That(second.ManifestPath, Is.EqualTo(first.ManifestPath));
        }
    }
}
