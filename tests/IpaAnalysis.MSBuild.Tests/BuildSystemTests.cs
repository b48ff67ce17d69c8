using System.Text.Json;
using IpaAnalysis.MSBuild.Tests.DirtyWorld;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Tests;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>What makefiles and users do to names, through the tasks and with what an earlier build remembers.</summary>
internal sealed class BuildSystemTests
{
    private const string Source = """
        extern int level;
        static int __attribute__((noinline)) pick(int x) { return (x * 3 & 7) + level; }
        int go(int x) { int y = pick(x); return y > 7 ? 99 : y + pick(x + 1); }

        """;

    [Test]
    public void A_moved_object_keeps_command_and_dump_over_builds()
    {
        Tools.Require("gcc");
        using var world = new World { SourceDirectory = "tree" };
        world.Write("tree/a.c", Source);
        world.Gcc("a.c", "objs/a.o", "-fPIC");
        File.Move(world["tree/objs/a.o"], world["tree/a.lo"]);
        world.Gcc("a.c", "a.o");
        world.Record();
        for (var build = 0; build < 2; build++)
        {
            var answer = world.Ask("pick");
            Assert.That((answer.Complete, answer.Exact), Is.EqualTo((true, true)), answer.ToString());
        }

        // A new object beside the remembered ones.
        world.Write("tree/b.c", "int other(int x) { return x + 1; }\n");
        world.Gcc("b.c", "b.o");
        world.Record();
        var third = world.Ask("pick");
        Assert.That((third.Complete, third.Exact), Is.EqualTo((true, true)), third.ToString());
    }

    [Test]
    public void A_declaration_that_only_a_newer_compiler_understands_leaves_the_unit_s_other_functions_exact()
    {
        var gcc = Tools.Require("gcc");
        using var world = new World { Sources = ["a.c"] };
        world.Write("a.c", """
            extern int level;
            static int __attribute__((noinline)) pick(int x) { return (x * 3 & 7) + level; }
            int go(int x) { int y = pick(x); return y > 7 ? 99 : y + pick(x + 1); }
            static int __attribute__((noinline)) turn(int x) { return (x * 5 & 7) + level; }
            newer(3) int strange(int a) { return turn(a) + turn(a + 1); }

            """);

        // A GCC that has a word more than the scanner of sources knows.
        world.Write("bin/gcc", $"""
            #!/bin/sh
            for word; do case $word in -E) exec {gcc} "$@";; esac; done
            for word; do case $word in */unit.i) sed -i 's/newer([0-9]*)//' "$word";; esac; done
            exec {gcc} '-Dnewer(x)=' "$@"

            """);
        File.SetUnixFileMode(world["bin/gcc"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        world.Environment["PATH"] = $"{world["bin"]}:{world.Environment["PATH"]}";

        var other = world.Ask("pick");
        var mentioned = world.Ask("turn");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((other.Complete, other.Exact), Is.EqualTo((true, true)), other.ToString());
            Assert.That(other.Affected, Is.EqualTo(["go"]), "by what GCC learned of the body");
            Assert.That((mentioned.Complete, mentioned.Exact), Is.EqualTo((true, false)), mentioned.ToString());
            Assert.That(mentioned.Text, Does.Contain("IPA6001").And.Contain("a.c, line 5"));
        }
    }

    [TestCase("PROJECT/fs/ext4/dir.c")]
    [TestCase("./fs/ext4/dir.c")]
    [TestCase("fs/ext3/../ext4/dir.c")]
    [TestCase("../project/fs/ext4/dir.c")]
    [TestCase("PROJECT/link/dir.c")]
    [TestCase("link/../fs/ext4/dir.c")]
    public void A_source_is_named_by_any_path(string sourceFile)
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        foreach (var name in (string[])["ext3", "ext4"])
        {
            directory.Write($"fs/{name}/dir.c", $"static int call_fill(int x) {{ return x * {name[^1]}; }}\nint {name}_read(int n) {{ return call_fill(n) | call_fill(n + 1); }}\n");
        }

        Directory.CreateSymbolicLink(directory.At("link"), "fs/ext4");
        var compile = directory.MustRun(TaskDirectory.Compile("fs/ext3/dir.c", "fs/ext4/dir.c"));
        var collect = TaskDirectory.Collect();
        collect.CompiledSources = compile.CompiledSources;
        directory.MustRun(collect);
        var function = new TaskItem("call_fill");
        function.SetMetadata("SourceFile", sourceFile.Replace("PROJECT", directory.Root, StringComparison.Ordinal));
        var analyze = directory.MustRun(TaskDirectory.Analyze(function));
        Assert.That(analyze.AffectedFunctions.Select(i => i.ItemSpec), Is.EqualTo(["fs/ext4/dir.o!ext4_read"]));
    }

    [TestCase("PROJECT/fs/ext2/dir.c")]
    [TestCase("../fs/ext4/dir.c")]
    public void A_path_of_another_file_matches_nothing(string sourceFile)
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        directory.Write("fs/ext4/dir.c", "static int call_fill(int x) { return x * 4; }\nint ext4_read(int n) { return call_fill(n); }\n");
        var compile = directory.MustRun(TaskDirectory.Compile("fs/ext4/dir.c"));
        var collect = TaskDirectory.Collect();
        collect.CompiledSources = compile.CompiledSources;
        directory.MustRun(collect);
        var function = new TaskItem("call_fill");
        function.SetMetadata("SourceFile", sourceFile.Replace("PROJECT", directory.Root, StringComparison.Ordinal));
        var (succeeded, log) = directory.Run(TaskDirectory.Analyze(function));
        Assert.That(succeeded, Is.False);
        Assert.That(log.Coded, Has.Some.Contains("IPA4001"));
    }

    [Test]
    public void One_header_by_two_paths_is_one_function()
    {
        Tools.Require("gcc");
        using var world = new World { Sources = ["a.c", "b.c", "sub/c.c", "d.c"] };
        world.Flags = $"-O2 -I{world["inc"]}";
        world.Write("inc/lim.h", "static inline int lim(int x) { return x & 3; }\n");
        Directory.CreateSymbolicLink(world["link"], "inc");
        world.Write("a.c", "#include \"inc/lim.h\"\nint a(int x) { return lim(x); }\n");
        world.Write("b.c", "#include \"link/lim.h\"\nint b(int x) { return lim(x); }\n");
        world.Write("sub/c.c", "#include \"../inc/lim.h\"\nint c(int x) { return lim(x); }\n");
        world.Write("d.c", "#include <lim.h>\nint d(int x) { return lim(x); }\n");
        var answer = world.Ask("lim");
        Assert.That((answer.Complete, answer.Exact), Is.EqualTo((true, true)), answer.ToString());
        Assert.That(answer.Affected, Is.EqualTo(["a", "b", "c", "d"]));
        using var manifest = JsonDocument.Parse(File.ReadAllText(world[TaskDirectory.Manifest]));
        Assert.That(manifest.RootElement.GetProperty("patchedFunctions").EnumerateArray().Single().GetProperty("sourceFile").GetString(), Is.EqualTo("inc/lim.h"));
    }

    [Test]
    public void A_source_that_is_compiled_twice_has_two_objects()
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        directory.Write("a.c", "static int f(int x) { return x * W; }\nint NAME(int x) { return f(x) + 1; }\n");
        var items = ((string, string)[])[("-DW=4 -DNAME=g4", ""), ("-DW=8 -DNAME=g8", "a8.o")];
        var compile = TaskDirectory.Compile();
        compile.Sources = [.. items.Select(i =>
        {
            var item = new TaskItem("a.c");
            item.SetMetadata("CompilerFlags", i.Item1);
            item.SetMetadata("ObjectName", i.Item2);
            return item;
        })];
        var collect = TaskDirectory.Collect();
        collect.CompiledSources = directory.MustRun(compile).CompiledSources;
        directory.MustRun(collect);
        var analyze = directory.MustRun(TaskDirectory.Analyze(new TaskItem("f")));
        Assert.That(analyze.AffectedFunctions.Select(i => i.ItemSpec), Is.EquivalentTo(["a.o!g4", "a8.o!g8"]));
    }

    [TestCase("nowhere")]
    [TestCase("tree/a.o")]
    public void A_working_directory_that_is_none_is_an_error(string value)
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        directory.Write("a.c", "int f(void) { return 1; }\n");
        directory.Gcc("a.c", "tree/a.o");
        var tree = new TaskItem("tree");
        tree.SetMetadata("WorkingDirectory", value);
        var (succeeded, log) = directory.Run(TaskDirectory.Collect(tree));
        Assert.That(succeeded, Is.False);
        Assert.That(log.Coded.Single(), Does.Contain("IPA1004").And.Contain($"WorkingDirectory '{value}'"));
    }
}
