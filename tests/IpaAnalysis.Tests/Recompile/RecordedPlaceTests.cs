using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.Recompile.Compiling;
using IpaAnalysis.Verdicts;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>What records do not tell of where a command ran and where its object is now, and who tells it instead.</summary>
internal sealed class RecordedPlaceTests
{
    private const string Source = """
        extern int level;
        static int __attribute__((noinline)) pick(int x) { return (x * WEIGHT & 7) + level; }
        int go(int x) { int y = pick(x); return y > 7 ? 99 : y + pick(x + 1); }

        """;

    private static readonly string[] s_flags = ["-O2", "-fdump-ipa-clones", "-fcallgraph-info", "-DWEIGHT=3"];

    [Test]
    public void A_static_and_a_shared_object_of_one_makefile([Values] bool hasDatabase, [Values("lo", "pic.o", "os")] string extension)
    {
        using var tree = new RecompiledTree().Write("a.c", Source);
        tree.Tree.Compile("a.c", "objs/a.o", [.. s_flags, "-fPIC"]);
        Directory.CreateDirectory(tree.Tree["pic"]);
        File.Move(tree.Tree["objs/a.o"], tree.Tree[extension == "pic.o" ? "pic/a.o" : $"a.{extension}"]);
        tree.Tree.Compile("a.c", "a.o", s_flags);
        if (hasDatabase)
        {
            tree.Write("compile_commands.json", $"[{Entry(tree, "-fPIC ", "objs/a.o")}, {Entry(tree, "", "a.o")}]");
        }

        var found = tree.Collect();
        if (!hasDatabase)
        {
            Assert.That(found.Diagnostics.Select(d => d.Descriptor), Has.None.EqualTo(DiagnosticCatalog.FailedCompile));
            Assert.That(found.Diagnostics.Select(d => d.Descriptor.MeansIncomplete), Has.Some.True, "not known whose the dump is");
            return;
        }

        Assert.That(found.Diagnostics, Is.Empty);
        Assert.That(
            found.Units.Select(u => Path.GetRelativePath(tree.Tree.Path, u.DumpPath!)),
            Is.EquivalentTo(["objs/a.c.000i.ipa-clones", "a.c.000i.ipa-clones"]));
        Assert.That(Causes(tree.Analyze("pick")), Is.Empty);
    }

    [Test]
    public void An_object_that_the_command_did_not_make_does_not_take_its_dump()
    {
        using var tree = new RecompiledTree().Write("a.c", Source).Write("other.c", "int other(int a) { return a * 3; }\n");
        tree.Tree.Compile("a.c", "objs/a.o", s_flags);
        File.Delete(tree.Tree["objs/a.o"]);
        tree.Tree.Compile("other.c", "a.o", "-O2");
        tree.Write("compile_commands.json", $"[{Entry(tree, "", "objs/a.o")}]");
        var found = tree.Collect();
        Assert.That(found.Units.Select(u => u.DumpPath), Is.All.Null);
        Assert.That(found.Diagnostics.Select(d => d.Descriptor), Does.Contain(DiagnosticCatalog.UnitWithoutDump));
    }

    [TestCase("stated")]
    [TestCase("database")]
    [TestCase("")]
    public void A_module_that_plain_make_built(string told)
    {
        var make = Tools.Require("make");
        var headers = Tools.RequireKernelHeaders();
        using var tree = new RecompiledTree("ipa-dkms-");
        tree.Write("Kbuild", "obj-m := main.o\n").Write("main.c", """
            #include <linux/module.h>
            static noinline int pick(int x) { return x & 7; }
            int go(int x); int go(int x) { int y = pick(x); return y > 7 ? 99 : y + pick(x + 1); }
            EXPORT_SYMBOL(go);
            MODULE_LICENSE("GPL");

            """);
        tree.Tree.Run("", make, "-s", "-C", headers, $"M={tree.Tree.Path}", "KCFLAGS=-fdump-ipa-clones -fcallgraph-info", "modules");
        if (told == "database")
        {
            var command = File.ReadLines(tree.Tree[".main.o.cmd"]).First();
            command = command[(command.IndexOf(":=", StringComparison.Ordinal) + 2)..].Split(';')[0].Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            tree.Write("compile_commands.json", $$"""[ { "directory": "{{headers}}", "file": "{{tree.Tree["main.c"]}}", "command": "{{command}}" } ]""");
        }

        var found = tree.Collect(new TreeOptions { Directory = "", StatedWorkingDirectory = told == "stated" ? headers : null });
        Assert.That(found.Diagnostics, Is.Empty);
        Assert.That(Causes(tree.Analyze("pick")), told.Length > 0 ? Is.Empty : Has.Some.Contains("WorkingDirectory"));
    }

    [Test]
    public void A_module_that_was_moved_since([Values] bool isOtherSource)
    {
        var make = Tools.Require("make");
        var headers = Tools.RequireKernelHeaders();
        using var tree = new RecompiledTree("ipa-dkms-");
        tree.Write("built/Kbuild", "obj-m := m.o\nm-y := main.o sub/part.o\n").Write("built/sub/part.h", "static inline void check(int x) { WARN_ON(x > 70); }\n").Write("built/sub/part.c", """
            #include <linux/module.h>
            #include "part.h"
            static noinline int pick(int x) { return x & 7; }
            int go(int x); int go(int x) { int y = pick(x); check(x); WARN_ON(x == 9); pr_info("%s %s", __FILE__, __builtin_FILE()); return y > 7 ? 99 : y + pick(x + 1); }

            """).Write("built/main.c", "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n");
        tree.Tree.Run("built", make, "-s", "-C", headers, $"M={tree.Tree["built"]}", "KCFLAGS=-fdump-ipa-clones -fcallgraph-info", "modules");
        Directory.Move(tree.Tree["built"], tree.Tree["kept"]);
        if (isOtherSource)
        {
            File.WriteAllText(tree.Tree["kept/sub/part.c"], File.ReadAllText(tree.Tree["kept/sub/part.c"]).Replace("x == 9", "x == 8", StringComparison.Ordinal));
        }

        tree.Collect(new TreeOptions { Directory = "", StatedWorkingDirectory = headers }, "kept");
        Assert.That(Causes(tree.Analyze("pick")), isOtherSource ? Has.Some.Contains("Compiled again") : Is.Empty);
    }

    [TestCase("/old/m/a/b.c", "/new/m2/a/b.c", "-fmacro-prefix-map=/new/m2/=/old/m/")]
    [TestCase("/m/b.c", "/b.c", "-fmacro-prefix-map=/=/m/")]
    [TestCase("/b.c", "/m/b.c", "-fmacro-prefix-map=/m/=/")]
    [TestCase("/m/b.c", "/m/b.c", "")]
    [TestCase("b.c", "/m/b.c", "")]
    [TestCase("/m/b.c", "m/b.c", "")]
    [TestCase("/m/a.c", "/m/b.c", "")]
    [TestCase("/m/a.c", "/x=y/a.c", "")]
    [TestCase(null, "/m/b.c", "")]
    public void The_path_of_a_moved_source_is_written_as_before(string? recorded, string present, string expected) =>
        Assert.That(string.Join(' ', MovedSource.Options(recorded, present)), Is.EqualTo(expected));

    [Test]
    public void What_a_record_tells_goes_before_what_the_user_states()
    {
        using var tree = new RecompiledTree().Write("a.c", Source);
        tree.Tree.Compile("a.c", "a.o", s_flags);
        tree.Write("compile_commands.json", $"[{Entry(tree, "", "a.o")}]");
        tree.Collect(new TreeOptions { Directory = "", StatedWorkingDirectory = "/" });
        Assert.That(tree.Units[0].WorkingDirectory, Is.EqualTo(tree.Tree.Path));
        Assert.That(Causes(tree.Analyze("pick")), Is.Empty);
    }

    private static string Entry(RecompiledTree tree, string further, string output) =>
        $$"""{ "directory": "{{tree.Tree.Path}}", "file": "a.c", "command": "gcc {{string.Join(' ', s_flags)}} {{further}}-c a.c -o {{output}}" }""";

    private static string[] Causes(AnalysisResult result) => [.. result.Exact.SelectMany(e => e.InexactBecause).Select(c => c.Cause)];
}
