using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>The targets and hooks that a wrapper project's author may use.</summary>
internal sealed class TargetTests : PackageTest
{
    private const string Code = "static int f(int x) { return x + 1; } int g(int x) { return f(x); }\n";

    [Test]
    public void Each_target_brings_those_before_it()
    {
        var project = Sources("""<IpaPatchedFunction Include="f" />""");
        var manifest = Path.Combine(project.OutputDirectory, "affected-functions.json");

        var compiled = project.Run("IpaCompile").MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compiled.Log.Tasks, Does.Contain("IpaCompileSources").And.Not.Contain("IpaCollectUnits"));
            Assert.That(FileSnapshot.Take(project.Path("obj")).Files, Has.Some.EndsWith("a.c.000i.ipa-clones"));
        }

        Assert.That(project.Run("IpaCollect").MustSucceed().Log.Tasks, Does.Contain("IpaCollectUnits").And.Not.Contain("IpaAnalyzeUnits"));
        Assert.That(File.Exists(manifest), Is.False);

        var analyzed = project.Run("IpaAnalyze").MustSucceed();
        Assert.That(Manifest.Load(analyzed.ManifestPath).Patched("f").AffectedKeys, Is.EqualTo(["src/a.o!g"]));
        Assert.That(project.Run("IpaGate").MustSucceed().ToPatch, Has.Count.EqualTo(1));
    }

    [Test]
    public void Hooks_see_and_change_items()
    {
        var build = Sources("", targets: """
            <Target Name="AddInputs" BeforeTargets="IpaBeforeCompile">
              <ItemGroup>
                <IpaSource Include="more/b.c" />
                <IpaPatchedFunction Include="f;f" SourceFile="b.c" />
              </ItemGroup>
            </Target>
            <Target Name="SeeItems" AfterTargets="IpaAfterAnalyze">
              <Warning Code="TST1" Text="@(IpaFunctionToPatch->'%(Object) %(Reason)')" />
            </Target>
            """).Write("more/b.c", Code).Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.MustWarnWith("TST1").Message, Is.EqualTo("more/b.o inlined"));
            Assert.That(Manifest.Load(build.ManifestPath).PatchedFunctions, Has.Count.EqualTo(1), "named twice, patched once");
        }
    }

    [Test]
    public void A_hook_that_the_project_defines_itself_runs()
    {
        var build = Sources("", targets: """
            <Target Name="IpaBeforeCompile">
              <ItemGroup><IpaPatchedFunction Include="f" /></ItemGroup>
            </Target>
            <Target Name="IpaAfterAnalyze">
              <Warning Code="TST1" Text="@(IpaFunctionToPatch->'%(Object) %(Reason)')" />
            </Target>
            """).Build().MustSucceed();
        Assert.That(build.MustWarnWith("TST1").Message, Is.EqualTo("src/a.o inlined"));
    }

    [Test]
    public void FileWrites_holds_what_clean_needs_and_no_file_per_object()
    {
        var project = Sources("""<IpaPatchedFunction Include="f" />""");
        foreach (var build in new[] { project.Build().MustSucceed(), project.Build().MustSucceed() })
        {
            var files = build.Items["FileWrites"].Select(i => i["FullPath"]).Where(p => File.Exists(p)).Select(p => Path.GetFileName(p)).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(files, Does.Contain("affected-functions.json").And.Contain("affected-functions.schema.json").And.Contain("outputs.list"));
                Assert.That(files, Has.None.StartsWith("a."));
            }
        }
    }

    [Test]
    public void The_source_root_names_the_objects()
    {
        var build = Sources("""<IpaPatchedFunction Include="f" />""").Build("-p:IpaSourceRoot=src").MustSucceed();
        var patched = Manifest.Load(build.ManifestPath).Patched("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched.AffectedKeys, Is.EqualTo(["a.o!g"]));
            Assert.That(patched.SourceFile, Is.EqualTo("a.c"));
        }
    }

    [Test]
    public void A_design_time_build_compiles_nothing()
    {
        var project = Sources("");
        Assert.That(project.Build("-p:DesignTimeBuild=true").MustSucceed().Log.Tasks, Has.None.StartsWith("Ipa"));
    }

    private TestProject Sources(string items, string targets = "")
    {
        Tools.Require("gcc");
        return NewProject().Write("src/a.c", Code).Wrap("""<IpaSource Include="src/a.c" />""" + items, targets: targets);
    }
}
