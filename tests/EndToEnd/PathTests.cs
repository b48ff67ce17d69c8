using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Paths with blanks and letters beyond ASCII.</summary>
internal sealed class PathTests : PackageTest
{
    private const string Code = "static int f(int x) { return x + 1; } int g(int x) { return f(x); }\n";

    [TestCase(ProjectStyle.NoTargets)]
    [TestCase(ProjectStyle.NetSdk)]
    public void Wrapper_and_sources(ProjectStyle style)
    {
        Tools.Require("gcc");
        var project = NewProject("my wräpper ☃").Write("src/größe 1/a b.c", Code).Wrap("""
            <IpaSource Include="src/**/*.c" />
            <IpaPatchedFunction Include="f" SourceFile="größe 1/a b.c" />
            """, style);
        var build = project.Build().MustSucceed();
        var patched = Manifest.Load(build.ManifestPath).Patched("f");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(patched.SourceFile, Is.EqualTo("src/größe 1/a b.c"));
            Assert.That(patched.AffectedKeys, Is.EqualTo(["src/größe 1/a b.o!g"]));
            Assert.That(build.ToPatch.Single()["Object"], Is.EqualTo("src/größe 1/a b.o"));
        }
    }

    [Test]
    public void Object_tree()
    {
        var project = NewProject("my wräpper").Write("the tree ☃/a b.c", Code).Compile("the tree ☃/a b.c", "the tree ☃/a b.o").Wrap("""
            <IpaObjectTree Include="the tree ☃" SourceDir="the tree ☃" />
            <IpaPatchedFunction Include="f" />
            """);
        var build = project.Build().MustSucceed();
        Assert.That(Manifest.Load(build.ManifestPath).Patched("f").AffectedKeys, Is.EqualTo(["a b.o!g"]));
    }

    [Test]
    public void Module_with_letters_beyond_ascii()
    {
        var headers = Tools.RequireKernelHeaders();
        var project = NewProject("wräpper").WrapSample("KernelModule", $"""
            <IpaKernelModule Include="module" KernelBuildDir="{headers}" />
            <IpaPatchedFunction Include="slot" />
            """);
        Assert.That(Manifest.Load(project.Build().MustSucceed().ManifestPath).Patched("slot").Affected, Has.Count.EqualTo(3));
    }

    [Test]
    public void All_kinds_of_input_in_one_wrapper()
    {
        var headers = Tools.RequireKernelHeaders();
        // kbuild takes no blank in a module's path, but the wrapper that names the module may lie anywhere.
        var module = NewProject("modül").CopySample("KernelModule").Path("module");
        var project = NewProject("my wräpper ☃ 1").Write("die quellen/ä b.c", Code.Replace("f(", "source_f(", StringComparison.Ordinal))
            .Write("the tree/ö b.c", Code.Replace("f(", "tree_f(", StringComparison.Ordinal)).Compile("the tree/ö b.c", "the tree/ö b.o")
            .Wrap($"""
            <IpaSource Include="die quellen/*.c" />
            <IpaKernelModule Include="{module}" KernelBuildDir="{headers}" TreeName="mödule" />
            <IpaObjectTree Include="the tree" TreeName="trée 1" />
            <IpaPatchedFunction Include="source_f;tree_f;slot" />
            """);
        var first = project.Build().MustSucceed();
        var before = FileSnapshot.Take(project.Directory);
        var modules = FileSnapshot.Take(module);
        var second = project.Build().MustSucceed();
        var manifest = Manifest.Load(second.ManifestPath);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Codes, Is.Empty);
            Assert.That(manifest.Complete);
            Assert.That(manifest.Patched("source_f").AffectedKeys, Is.EqualTo(["die quellen/ä b.o!g"]));
            Assert.That(manifest.Patched("tree_f").AffectedKeys, Is.EqualTo(["trée 1/ö b.o!g"]));
            Assert.That(manifest.Patched("slot").AffectedKeys, Has.Count.EqualTo(3).And.All.StartsWith("mödule/ring.o!"));
            Assert.That(second.ToPatch.Select(i => i.Describe()), Is.EqualTo(first.ToPatch.Select(i => i.Describe())));
            Assert.That(before.Differences(FileSnapshot.Take(project.Directory)), Is.Empty);
            Assert.That(modules.Differences(FileSnapshot.Take(module)), Is.Empty);
        }
    }

    [Test]
    public void A_source_outside_the_root_has_its_own_place()
    {
        Tools.Require("gcc");
        var other = NewProject().Write("shared/a.c", Code);
        var project = NewProject().Wrap($"""
            <IpaSource Include="{other.Path("shared", "a.c")}" />
            <IpaPatchedFunction Include="f" />
            """);
        var build = project.Build().MustSucceed();
        var instance = Manifest.Load(build.ManifestPath).Patched("f").Instances.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(instance, Does.EndWith("shared/a.o!f -"));
            Assert.That(instance, Does.Not.Contain(".."));
            Assert.That(Directory.GetFiles(other.Path("shared")), Has.Length.EqualTo(1), "nothing is written beside the source");
        }
    }
}
