using System.Diagnostics;
using IpaAnalysis.EndToEnd.Harness;

namespace IpaAnalysis.EndToEnd;

/// <summary>A build that is killed half-way leaves nothing that the next one trusts wrongly.</summary>
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
            : > "$here/half-way"
            exec sleep 600
        fi
        exec gcc "$@"

        """;

    [Test]
    public void The_next_build_is_right()
    {
        Tools.Require("gcc");
        var project = NewProject().CopySample("QuickStart").Write("slow-gcc", Compiler);
        File.SetUnixFileMode(project.Path("slow-gcc"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        const string Arguments = "-p:IpaCompiler=./slow-gcc";
        var expected = File.ReadAllText(project.Build(Arguments).MustSucceed().ManifestPath);

        // Every source has to be compiled again, one of them when the kill comes.
        project.Edit("src/packet.h", "#define PACKET_H", "#define PACKET_H 1").Write("hang", "");
        Kill(project, Arguments);
        File.Delete(project.Path("hang"));
        Assert.That(File.ReadAllText(project.Build(Arguments).MustSucceed().ManifestPath), Is.EqualTo(expected));

        // The same in a tree without anything of an earlier build.
        project.Run("Clean").MustSucceed();
        File.Delete(project.Path("half-way"));
        project.Write("hang", "");
        Kill(project, Arguments);
        File.Delete(project.Path("hang"));
        Assert.That(File.ReadAllText(project.Build(Arguments).MustSucceed().ManifestPath), Is.EqualTo(expected));
        project.Run("Clean").MustSucceed();
        Assert.That(FileSnapshot.Take(project.Directory).Files, Has.None.Contains("parser.o").And.None.Contains("ipa-clones"));
    }

    private static void Kill(TestProject project, string argument)
    {
        using var build = project.Start("--no-restore", argument);
        var clock = Stopwatch.StartNew();
        while (!File.Exists(project.Path("half-way")))
        {
            Assert.That(build.HasExited, Is.False, "the build ended before the compiler was reached");
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromMinutes(2)), "the compiler was not reached");
            Thread.Sleep(50);
        }

        build.Kill(entireProcessTree: true);
        build.WaitForExit();
    }
}
