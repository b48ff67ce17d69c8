using System.Diagnostics;
using System.Globalization;
using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>A build that is stopped half-way leaves nothing that the next one trusts wrongly.</summary>
internal sealed class InterruptedBuildTests : PackageTest
{
    // Compiles, damages what it wrote as a kill in the middle of writing would, and waits to be killed.
    private const string Compiler = """
        #!/bin/sh
        here=$(dirname "$0")
        named() { for a; do case $a in @*) cat "${a#@}" ;; *) printf '%s\n' "$a" ;; esac; done; }
        if [ -e "$here/hang" ] && named "$@" | grep -q 'parser\.c'; then
            gcc "$@"
            find "$here/obj" -name 'parser.*' -size +40c -exec truncate -s 40 {} +
            echo $$ > "$here/half-way.tmp"
            mv "$here/half-way.tmp" "$here/half-way"
            exec sleep 600
        fi
        exec gcc "$@"

        """;

    private const string CompilerArgument = "-p:IpaCompiler=./slow-gcc";

    [Test]
    public void After_a_kill_the_next_build_is_right()
    {
        var project = Project();
        var expected = Build(project);

        // Every source has to be compiled again, one of them when the kill comes.
        project.Edit("src/packet.h", "#define PACKET_H", "#define PACKET_H 1");
        using (var build = StartAndReachTheCompiler(project))
        {
            Kill(build);
        }

        Assert.That(Build(project), Is.EqualTo(expected));

        // The same in a tree without anything of an earlier build.
        project.Run("Clean").MustSucceed();
        using (var build = StartAndReachTheCompiler(project))
        {
            Kill(build);
        }

        Assert.That(Build(project), Is.EqualTo(expected));
        project.Run("Clean").MustSucceed();
        Assert.That(FileSnapshot.Take(project.Directory).Files, Has.None.Contains("parser.o").And.None.Contains("ipa-clones"));
    }

    [Test]
    public void A_build_that_is_cancelled_ends_its_compilers()
    {
        var project = Project();
        var expected = Build(project);
        project.Edit("src/packet.h", "#define PACKET_H", "#define PACKET_H 1");
        using (var build = StartAndReachTheCompiler(project))
        {
            try
            {
                var compiler = int.Parse(File.ReadAllText(project.Path("half-way")), CultureInfo.InvariantCulture);
                Assert.That(Directory.Exists($"/proc/{compiler}"));
                // As Ctrl-C does.
                ChildProcess.MustRun("kill", ["-INT", build.Id.ToString(CultureInfo.InvariantCulture)], project.Directory);
                Assert.That(build.WaitForExit(TimeSpan.FromMinutes(1)), "the build did not end");
                Assert.That(build.ExitCode, Is.Not.Zero);
                Assert.That(Directory.Exists($"/proc/{compiler}"), Is.False, "the compiler still runs");
            }
            finally
            {
                Kill(build);
            }
        }

        Assert.That(Build(project), Is.EqualTo(expected));
    }

    private static string Build(TestProject project)
    {
        File.Delete(project.Path("hang"));
        return File.ReadAllText(project.Build(CompilerArgument).MustSucceed().ManifestPath);
    }

    private static Process StartAndReachTheCompiler(TestProject project)
    {
        File.Delete(project.Path("half-way"));
        project.Write("hang", "");
        var build = project.Start("--no-restore", CompilerArgument);
        var clock = Stopwatch.StartNew();
        while (!File.Exists(project.Path("half-way")))
        {
            if (build.HasExited || clock.Elapsed > TimeSpan.FromMinutes(2))
            {
                Kill(build);
                Assert.Fail("the build did not come to the compiler");
            }

            Thread.Sleep(50);
        }

        return build;
    }

    private static void Kill(Process build)
    {
        if (!build.HasExited)
        {
            build.Kill(entireProcessTree: true);
        }

        build.WaitForExit();
    }

    private TestProject Project()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart").Write("slow-gcc", Compiler);
        File.SetUnixFileMode(project.Path("slow-gcc"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        return project;
    }
}
