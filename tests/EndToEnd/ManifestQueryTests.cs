using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Another project asks a wrapper for its manifest.</summary>
internal sealed class ManifestQueryTests : PackageTest
{
    private const string Asking = """
        <Project>
          <Target Name="Build">
            <MSBuild Projects="wrapper/Wrapper.csproj" Targets="GetIpaManifest">
              <Output TaskParameter="TargetOutputs" ItemName="Asked" />
            </MSBuild>
            <WriteLinesToFile File="asked.txt" Lines="@(Asked->'%(FullPath)')" Overwrite="true" />
          </Target>
        </Project>

        """;

    [TestCase("-m:1")]
    [TestCase("-mt", Description = "projects of one build share a process")]
    public void GetIpaManifest_returns_a_path_that_others_can_use(string mode)
    {
        Tools.Require("gcc");
        var project = NewProject("the projécts").Write("wrapper/a.c", "static int f(int x) { return x; } int g(int x) { return f(x); }\n");
        project.Wrap("""<IpaSource Include="a.c" /><IpaPatchedFunction Include="f" />""", file: "wrapper/Wrapper.csproj")
            .Write("asking/Asking.proj", Asking.Replace("wrapper/", "../wrapper/", StringComparison.Ordinal));
        project.BuildMany("wrapper/Wrapper.csproj", "-t:Restore").MustSucceed();

        var build = project.BuildMany("asking/Asking.proj", "--no-restore", mode).MustSucceed();
        var asked = File.ReadAllLines(project.Path("asking", "asked.txt")).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.Empty);
            Assert.That(asked, Is.EqualTo(project.Path("wrapper", "bin", "Debug", "net10.0", "affected-functions.json")));
            Assert.That(Manifest.Load(asked).Patched("f").AffectedKeys, Is.EqualTo(["a.o!g"]));
        }
    }
}
