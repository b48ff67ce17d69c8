using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Files;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Tests;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>What is made is listed, and Clean removes that and nothing else.</summary>
internal sealed class CompileAndCleanTests
{
    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        Tools.Require("gcc");
        _directory = new TaskDirectory();
        _directory.Write("a.c", "int f(int x) { return x; }\n");
        _directory.Write("b.c", "int g(int x) { return x; }\n");
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCase("kept")]
    [TestCase("lost")]
    [TestCase("damaged")]
    public void Clean_removes_ours_and_keeps_the_users(string list)
    {
        Build(["a.c", "b.c"], "reports/deep/m.json");
        _directory.Write("obj/mine.txt", "");
        _directory.Write("obj/ipa/objects/mine.txt", "");
        switch (list)
        {
            case "lost":
                // Without it nobody knows of a manifest elsewhere: that one is MSBuild's to clean.
                File.Delete(_directory.At(TaskDirectory.OutputList));
                Directory.Delete(_directory.At("reports"), recursive: true);
                break;
            case "damaged":
                File.WriteAllText(_directory.At(TaskDirectory.OutputList), "\"compile obj/ipa/objects/a.o\n{\n\0\nnull\n\"x\"\n");
                Directory.Delete(_directory.At("reports"), recursive: true);
                File.Delete(_directory.At(TaskDirectory.OutputList + "x"));
                break;
        }

        _directory.MustRun(TaskDirectory.Clean());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.Files(), Is.EqualTo(["a.c", "b.c", "obj/ipa/objects/mine.txt", "obj/mine.txt"]));
            Assert.That(Directory.Exists(_directory.At("reports")), Is.False);
        }
    }

    [Test]
    public void Clean_leaves_no_empty_directory_and_follows_no_link()
    {
        Build(["a.c"], TaskDirectory.Manifest);
        using var elsewhere = new TaskDirectory();
        Directory.CreateDirectory(elsewhere.At("empty"));
        elsewhere.Write("x.o", "");
        Directory.CreateSymbolicLink(_directory.At("obj/ipa/link"), elsewhere.Root);
        _directory.MustRun(TaskDirectory.Clean());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Directory.Exists(elsewhere.At("empty")));
            Assert.That(elsewhere.Exists("x.o"));
            Assert.That(Directory.Exists(_directory.At("obj/ipa/objects")), Is.False);
            Assert.That(Directory.Exists(_directory.At("bin")), Is.False);
        }
    }

    [Test]
    public void Clean_of_a_module_that_was_not_built_starts_no_make()
    {
        _directory.Write("module/Kbuild", "obj-m := m.o\n");
        var task = TaskDirectory.Clean();
        task.Modules = [new TaskItem("module"), new TaskItem("nowhere")];
        task.Make = "/nowhere/make";
        _directory.MustRun(task);
        Assert.That(_directory.Exists("module/Kbuild"));
    }

    [Test]
    public void A_source_that_is_no_longer_one_loses_its_outputs()
    {
        Build(["a.c", "b.c"], TaskDirectory.Manifest);
        Build(["a.c"], TaskDirectory.Manifest);
        Assert.That(_directory.Files(), Has.None.Contains("objects/b.").And.Some.EndsWith("objects/a.o"));
        _directory.MustRun(TaskDirectory.Compile());
        Assert.That(_directory.Files(), Has.None.Contains("objects/"));
    }

    [Test]
    public void A_failed_compile_leaves_nothing_unlisted()
    {
        _directory.Write("b.c", "int g(int x) { return ; \n");
        var (succeeded, log) = _directory.Run(TaskDirectory.Compile("a.c", "b.c"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Errors.Select(e => e.Code), Has.Member("IPA2001"));
            Assert.That(log.Errors[0].File, Is.EqualTo(_directory.At("b.c")));
        }

        _directory.MustRun(TaskDirectory.Clean());
        Assert.That(_directory.Files(), Is.EqualTo(["a.c", "b.c"]));
    }

    [Test]
    public void Without_a_compiler_the_objects_stay()
    {
        Build(["a.c"], TaskDirectory.Manifest);
        var before = _directory.Snapshot();
        var task = TaskDirectory.Compile("a.c");
        task.Compiler = "no-such-gcc";
        var (_, log) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1010"]));
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
        }
    }

    [Test]
    public void What_a_cancelled_compile_leaves_is_listed()
    {
        // Compiles the first source, then waits until it is killed.
        var slow = _directory.Write("slow-gcc", $"""
            #!/bin/sh
            case "$*" in *b.o*) touch "{_directory.At("waiting")}"; exec sleep 60;; esac
            exec {Tools.Require("gcc")} "$@"

            """);
        File.SetUnixFileMode(slow, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var task = TaskDirectory.Compile("a.c", "b.c");
        task.Compiler = slow;
        task.Jobs = 1;
        var run = System.Threading.Tasks.Task.Run(() => _directory.Run(task));
        Assert.That(() => _directory.Exists("waiting"), Is.True.After(20_000, 50));
        task.Cancel();
        var (succeeded, log) = run.GetAwaiter().GetResult();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Coded, Is.Empty);
            Assert.That(_directory.Files(), Has.Some.EndsWith("objects/a.o"));
            Assert.That(File.ReadAllText(_directory.At(TaskDirectory.OutputList)), Does.Contain("objects/a.o"));
        }
    }

    private void Build(string[] sources, string manifest)
    {
        var compile = _directory.MustRun(TaskDirectory.Compile(sources));
        var collect = TaskDirectory.Collect();
        collect.CompiledSources = compile.CompiledSources;
        _directory.MustRun(collect);
        var analyze = TaskDirectory.Analyze();
        analyze.ManifestFile = manifest;
        _directory.MustRun(analyze);
    }
}
