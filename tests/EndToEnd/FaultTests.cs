using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;
using IpaAnalysis.Faults.Cases;
using IpaAnalysis.Faults.Pairs;

namespace IpaAnalysis.EndToEnd;

/// <summary>A few of the faults that build/faults.sh tries on the library, through whole builds.</summary>
internal sealed class FaultTests : PackageTest
{
    private const string Source = """
        static __attribute__((noinline)) int patched(int x) { return x * 3 + 1; }
        int dependant(int x, int y) { return patched(x) + y; }

        """;

    // In the words of the command: {out} is a file beside the tree, {plugin} a plugin in it.
    [TestCase("-Wp,-fplugin={plugin}", "-Wp,-fplugin=")]
    [TestCase("--plugin={plugin}", "plugin=")]
    [TestCase("-Wp,@{out}", "-Wp,@")]
    [TestCase("-Wa,--noexecstack,-al={out}", null)]
    [TestCase("-time={out}", null)]
    [TestCase("--dump-go-spec={out}", null)]
    public void What_a_tree_records_runs_and_writes_nothing(string word, string? named)
    {
        Tools.Require("gcc");
        var project = NewProject().Write("tree/a.c", Source).Compile("tree/a.c", "tree/a.o");
        var words = word.Replace("{out}", project.Path("out"), StringComparison.Ordinal).Replace("{plugin}", project.Path("tree", "plugin.so"), StringComparison.Ordinal);
        Faults.Harness.Trap.Plugin(project.Path("tree", "plugin.so"), project.Path("cache"));
        project.Write("tree/compile_commands.json", $$"""
            [{ "directory": "{{project.Directory}}", "file": "tree/a.c", "output": "tree/a.o", "command": "gcc -O2 {{words}} -c tree/a.c -o tree/a.o" }]

            """).Wrap("""<IpaObjectTree Include="tree" /><IpaPatchedFunction Include="patched" />""");
        project.Restore();
        var before = FileSnapshot.Take(project.Directory, "obj", "bin");
        var build = project.Build().MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath).Patched("patched");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Differences(FileSnapshot.Take(project.Directory, "obj", "bin")), Is.Empty);
            Assert.That(manifest.Exact, Is.EqualTo(named is null));
            Assert.That(named is null || build.Log.Messages.Any(m => m.Contains(named, StringComparison.Ordinal)), "what may not be run again is named");
        }
    }

    [Test]
    public void A_users_environment_opens_no_way_into_a_tree()
    {
        Tools.Require("gcc");
        var project = NewProject().Write("tree/a.c", Source).Compile("tree/a.c", "tree/a.o");
        Faults.Harness.Trap.Toolchain(project.Path("tree"));
        project.Write("tree/compile_commands.json", $$"""
            [{ "directory": "{{project.Path("tree")}}", "file": "a.c", "output": "a.o", "command": "gcc -O2 -c a.c -o a.o" }]

            """).Wrap("""<IpaObjectTree Include="tree" /><IpaPatchedFunction Include="patched" />""");
        project.Restore();
        var before = FileSnapshot.Take(project.Directory, "obj", "bin");
        var build = project.Run("Build", environment: new Dictionary<string, string?>
        {
            ["PATH"] = ".:" + Environment.GetEnvironmentVariable("PATH") + ":",
            ["COMPILER_PATH"] = project.Path("tree"),
            ["DEPENDENCIES_OUTPUT"] = project.Path("out"),
            ["SUNPRO_DEPENDENCIES"] = project.Path("out"),
            ["GCC_COMPARE_DEBUG"] = "1",
        }).MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.Differences(FileSnapshot.Take(project.Directory, "obj", "bin")), Is.Empty);
            Assert.That(Manifest.Load(build.ManifestPath).Patched("patched").Exact, Is.True);
        }
    }

    [Test]
    public void A_pair_of_builds_is_as_lone_builds([Values("first", "incremental", "flags")] string kind)
    {
        Tools.Require("gcc");
        var directory = Directory.CreateTempSubdirectory("ipa-pairs-").FullName;
        try
        {
            var program = new PairsProgram();
            var settings = new FaultSettings { Packages = PackageFeed.Current.Source };
            var @case = program.Cases(settings).First(c => c.Name.EndsWith(kind, StringComparison.Ordinal));
            var result = FaultRunner.Run(program, [@case], directory, _ => { });
            Assert.That(result.Failures.Select(f => $"{f.Name}: {f.Failure}"), Is.Empty);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
