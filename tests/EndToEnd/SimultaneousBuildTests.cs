using System.Diagnostics;
using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Builds that meet in one intermediate or module directory take turns.</summary>
internal sealed class SimultaneousBuildTests : PackageTest
{
    private const string Waiting = "Waiting for another build that uses ";

    // Compiles when the test says so.
    private const string SlowCompiler = """
        #!/bin/sh
        here=$(dirname "$0")
        for a; do case $a in @*) touch "$here/compiling"; while [ -e "$here/hold" ]; do sleep 0.1; done ;; esac; done
        exec gcc "$@"

        """;

    [Test]
    public void Pairs_of_builds_give_what_lone_builds_give()
    {
        Tools.Require("gcc");
        Assert.That(new BuildPair(() => NewProject()).Run(3, seed: 1), Is.Empty);
    }

    [TestCase("Build")]
    [TestCase("Clean")]
    [TestCase("IpaExplain")]
    public void Who_comes_while_another_builds_waits_and_says_so(string target)
    {
        var project = Project();
        project.Build("-p:IpaCompiler=./slow-gcc").MustSucceed();
        project.Write("src/a.c", "static int f(int x) { return x + 2; } int g(int x) { return f(x); }\n").Write("hold", "");
        File.Delete(project.Path("compiling"));
        using var first = project.Start("--no-restore", "-p:IpaCompiler=./slow-gcc");
        WaitFor(project.Path("compiling"), first);
        var second = System.Threading.Tasks.Task.Run(() => project.Run(target, ["-p:IpaCompiler=./slow-gcc"]));
        Assert.That(second.Wait(TimeSpan.FromSeconds(8)), Is.False, "the first build holds the directory");
        File.Delete(project.Path("hold"));
        Assert.That(second.Wait(TimeSpan.FromMinutes(3)));
        first.WaitForExit();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.Zero);
            Assert.That(second.Result.MustSucceed().Codes, Is.Empty);
            Assert.That(second.Result.Log.Messages, Has.Some.StartsWith(Waiting));
            Assert.That(Directory.Exists(project.Path("obj", "Debug", "net10.0", "ipa")), Is.EqualTo(target != "Clean"));
        }
    }

    [Test]
    public void A_build_that_is_killed_lets_the_next_one_go_on()
    {
        var project = Project();
        project.Build("-p:IpaCompiler=./slow-gcc").MustSucceed();
        project.Write("src/a.c", "static int f(int x) { return x + 2; } int g(int x) { return f(x); }\n").Write("hold", "");
        File.Delete(project.Path("compiling"));
        using var first = project.Start("--no-restore", "-p:IpaCompiler=./slow-gcc");
        WaitFor(project.Path("compiling"), first);
        var second = System.Threading.Tasks.Task.Run(() => project.Build("-p:IpaCompiler=gcc"));

        // Restoring takes seconds on a busy machine; the second build has to come to the lock while the first one lives.
        Assert.That(second.Wait(TimeSpan.FromSeconds(20)), Is.False);

        // Only the build itself: its compiler lives on, as after a crash, and must not keep the lock.
        first.Kill(entireProcessTree: false);
        Assert.That(second.Wait(TimeSpan.FromMinutes(3)));
        File.Delete(project.Path("hold"));
        Assert.That(second.Result.MustSucceed().Log.Messages, Has.Some.StartsWith(Waiting));
        Assert.That(Manifest.Load(second.Result.ManifestPath).Complete);
    }

    [TestCase("-m:1")]
    [TestCase("-m:2")]
    [TestCase("-mt")]
    public void Two_instances_in_one_build_are_built_one_after_the_other(string mode)
    {
        var project = Project();
        project.Build().MustSucceed();
        File.Delete(project.Path("src", "a.c"));
        project.Write("src/b.c", "static int f(int x) { return x + 2; } int h(int x) { return f(x); }\n").Write("All.proj", """
            <Project DefaultTargets="Build">
              <Target Name="Restore" />
              <Target Name="Build">
                <ItemGroup>
                  <P Include="Wrapper.csproj" AdditionalProperties="V=1" />
                  <P Include="Wrapper.csproj" AdditionalProperties="V=2" />
                </ItemGroup>
                <MSBuild Projects="@(P)" BuildInParallel="true" Targets="Build" />
              </Target>
            </Project>

            """);
        var build = project.BuildMany("All.proj", mode).MustSucceed();
        Assert.That(build.Codes, Is.Empty);
        var manifest = Manifest.Load(project.Path("bin", "Debug", "net10.0", "affected-functions.json"));
        Assert.That((manifest.Complete, manifest.Patched("f").AffectedKeys), Is.EqualTo((true, (string[])["src/b.o!h"])));
    }

    [TestCase("-m:1")]
    [TestCase("-mt")]
    public void An_instance_that_is_left_half_built_is_told_to_the_second(string mode)
    {
        var project = Project();
        project.Build().MustSucceed();
        project.Write("All.proj", """
            <Project DefaultTargets="Build">
              <Target Name="Restore" />
              <Target Name="Build">
                <MSBuild Projects="Wrapper.csproj" Properties="V=1" Targets="IpaCompile" />
                <MSBuild Projects="Wrapper.csproj" Properties="V=2" Targets="Build" />
              </Target>
            </Project>

            """);
        project.BuildMany("All.proj", mode).MustFailWith("IPA1024");
    }

    [Test]
    public void Other_targets_after_the_build_find_all_as_it_was()
    {
        var project = Project();
        var build = project.Run("Build;IpaExplain", ["-p:IpaFunction=f"]).MustSucceed();
        Assert.That(build.Codes, Is.Empty);
        Assert.That(File.Exists(project.Path("obj", "Debug", "net10.0", "ipa", "explanation.txt")));
        Assert.That(project.Run("IpaExplain;Build;GetIpaManifest", ["-p:IpaFunction=f"]).MustSucceed().Codes, Is.Empty);
        Assert.That(project.Run("Rebuild;IpaExplain", ["-p:IpaFunction=f"]).MustSucceed().Codes, Is.Empty);
        Assert.That(project.Run("Clean;IpaCompile;Build").MustSucceed().Codes, Is.Empty);
    }

    [TestCase("-m:1")]
    [TestCase("-m:2")]
    [TestCase("-mt")]
    public void Two_projects_over_one_module_take_turns(string mode)
    {
        var headers = Tools.RequireKernelHeaders();
        var project = NewProject().CopySample("KernelModule");
        File.Delete(project.ProjectFile);
        foreach (var name in (string[])["A", "B"])
        {
            project.Wrap(
                $"""<IpaKernelModule Include="../module" KernelBuildDir="{headers}" /><IpaPatchedFunction Include="slot" />""", file: $"{name}/{name}.csproj");
        }

        project.Write("All.slnx", """
            <Solution>
              <Project Path="A/A.csproj" />
              <Project Path="B/B.csproj" />
            </Solution>

            """);
        var build = project.BuildMany("All.slnx", mode).MustSucceed();
        Assert.That(build.Codes, Is.Empty);
        foreach (var name in (string[])["A", "B"])
        {
            Assert.That(Manifest.Load(project.Path(name, "bin", "Debug", "net10.0", "affected-functions.json")).Complete, name);
        }
    }

    private static void WaitFor(string file, Process build)
    {
        var clock = Stopwatch.StartNew();
        while (!File.Exists(file))
        {
            Assert.That(build.HasExited || clock.Elapsed > TimeSpan.FromMinutes(2), Is.False, "the build did not come to the compiler");
            Thread.Sleep(50);
        }
    }

    private TestProject Project()
    {
        Tools.Require("gcc");
        var project = NewProject()
            .Write("src/a.c", "static int f(int x) { return x + 1; } int g(int x) { return f(x); }\n")
            .Write("slow-gcc", SlowCompiler)
            .Wrap("""<IpaSource Include="src/*.c" /><IpaPatchedFunction Include="f" />""");
        File.SetUnixFileMode(project.Path("slow-gcc"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return project;
    }
}
