using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Several wrapper projects in one build.</summary>
internal sealed class ParallelBuildTests : PackageTest
{
    [TestCase("-m:2")]
    [TestCase("-mt")]
    [TestCase("-graph")]
    public void Two_wrappers_build_side_by_side(string mode)
    {
        Tools.Require("gcc");
        var project = NewProject().Write("All.slnx", """
            <Solution>
              <Project Path="A/A.csproj" />
              <Project Path="B/B.csproj" />
            </Solution>

            """);
        foreach (var (name, addend) in new[] { ("A", 1), ("B", 2) })
        {
            // The same relative names in both: a task that used the process's directory would mix them up.
            project.Write($"{name}/src/a.c", $"static int f(int x) {{ return x + {addend}; }} int {name.ToLowerInvariant()}_g(int x) {{ return f(x); }}\n")
                .Wrap("""<IpaSource Include="src/*.c" /><IpaPatchedFunction Include="f" />""", file: $"{name}/{name}.csproj");
        }

        var build = project.BuildMany("All.slnx", mode).MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.Empty);
            Assert.That(
                build.Log.Messages.Where(m => m.Contains("IpaAnalysis.MSBuild.dll", StringComparison.Ordinal)),
                Has.None.Contains("external task host"),
                "our tasks may run beside others");
            foreach (var name in new[] { "A", "B" })
            {
                var manifest = Manifest.Load(project.Path(name, "bin", "Debug", "net10.0", "affected-functions.json"));
                Assert.That(manifest.Patched("f").AffectedKeys, Is.EqualTo([$"src/a.o!{name.ToLowerInvariant()}_g"]));
            }
        }
    }
}
