using System.Collections.Immutable;
using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Collection;

/// <summary>Trees that real compilers, make and kbuild wrote.</summary>
internal sealed class RealBuildTests
{
    private const string Dump = ".c.000i.ipa-clones";
    private const string Source = "static int twice(int x) { return x * 2; }\nint F(int x) { return twice(x) + 1; }\n";
    private static readonly ImmutableArray<string> Options = ["-O2", "-fdump-ipa-clones", "-fcallgraph-info", "-fdump-ipa-icf-optimized"];

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void A_makefile_in_one_directory(string compiler)
    {
        var gcc = Tools.Require(compiler);
        var make = Tools.Require("make");
        using var files = new TemporaryTree();
        files.Write("a.c", Source.Replace('F', 'a'));
        files.Write("b.c", Source.Replace('F', 'b'));
        files.Write("Makefile", $"CFLAGS = {string.Join(' ', Options)}\nlib.a: a.o b.o x/c.c.o\n\tar rc $@ $^\nx/c.c.o: b.c\n\tmkdir -p x && $(CC) $(CFLAGS) -c -o $@ $<\n");
        files.Run("", make, $"CC={gcc}");
        var tree = files.Collect(options: new TreeOptions { Directory = "", SourceDirectory = files.Path });
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Units.Select(u => (u.Object, u.DumpPath, u.CallGraphPath, u.SourcePath, u.WorkingDirectory)), Is.EqualTo([
            ("a.o", files[$"a{Dump}"], files["a.ci"], files["a.c"], files.Path),
            ("b.o", files[$"b{Dump}"], files["b.ci"], files["b.c"], files.Path),
            ("x/c.c.o", files[$"x/c.c{Dump}"], files["x/c.c.ci"], files["b.c"], files.Path)]));
        Assert.That(tree.Units.Select(u => u.FoldingRecordPath), Is.All.Not.Null.And.All.EndsWith(".icf"));
        Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { Linked = 1 }));
        File.SetLastWriteTimeUtc(files["a.c"], DateTime.UtcNow.AddHours(1));
        Assert.That(
            files.Collect(options: new TreeOptions { Directory = "", SourceDirectory = files.Path }).Diagnostics.Select(d => (d.Descriptor, d.File)),
            Is.EqualTo([(DiagnosticCatalog.StaleUnit, files["a.c"])]));
    }

    [Test]
    public void Makefiles_in_several_directories_with_one_source_name()
    {
        var make = Tools.Require("make");
        Tools.Require("gcc");
        using var files = new TemporaryTree();
        foreach (var directory in (string[])["", "net/", "net/core/"])
        {
            files.Write($"{directory}main.c", Source.Replace('F', 'm'));
            files.Write($"{directory}Makefile", $"CC = gcc\nCFLAGS = {string.Join(' ', Options)}\nmain.o: main.c\n");
            files.Run(directory, make);
        }

        var tree = files.Collect();
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Units.Select(u => (u.Object, u.SourcePath)), Is.EqualTo([
            ("main.o", files["main.c"]), ("net/core/main.o", files["net/core/main.c"]), ("net/main.o", files["net/main.c"])]));
        Assert.That(tree.Units.Select(u => u.Paths.Normalize("./main.c", u.WorkingDirectory)), Is.EqualTo(["main.c", "net/core/main.c", "net/main.c"]));
    }

    [Test]
    public void A_makefile_that_moves_one_of_two_objects_is_told_to_record_its_commands()
    {
        var make = Tools.Require("make");
        Tools.Require("gcc");
        using var files = new TemporaryTree();
        files.Write("same.c", Source.Replace('F', 's'));
        files.Write("other.c", "int counter;\nstatic int twice(int x) { return x * counter; }\nint o(int x) { return twice(x) + counter++; }\n");
        files.Write("Makefile", $"""
            CFLAGS = -fPIC {string.Join(' ', Options)}
            all: lib.a same.lo other.lo
            lib.a: same.o other.o
            	ar rc $@ $^
            %.o: %.c
            	gcc $(CFLAGS) -fno-PIC -c -o $@ $<
            %.lo: %.c
            	mkdir -p objs && gcc $(CFLAGS) -c -o objs/$*.o $< && mv objs/$*.o $@

            """);
        files.Run("", make);
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EqualTo([(DiagnosticCatalog.SharedDump, files[$"other{Dump}"])]));
        Assert.That(tree.Diagnostics[0].Message, Does.Contain("'other.lo', 'other.o'").And.Contain($"'objs/other{Dump}'").And.Contain("compile_commands.json"));
        Assert.That(tree.Units.Select(u => (u.Object, u.DumpPath, u.CallGraphPath)), Is.EqualTo([
            ("other.lo", null, null), ("other.o", null, null), ("same.o", files[$"same{Dump}"], files["same.ci"])]));
        Assert.That(tree.NotUnits.Copies, Is.EqualTo(1));
    }

    [Test]
    public void A_build_directory_as_cmake_makes_it()
    {
        var gcc = Tools.Require("gcc");
        using var files = new TemporaryTree();
        var entries = new List<string>();
        foreach (var (name, flags) in ((string, string[])[])[("a", [.. Options]), ("b", ["-O2"])])
        {
            var source = files.Write($"src/{name}.c", Source.Replace("F", name, StringComparison.Ordinal));
            Directory.CreateDirectory(files["build/CMakeFiles/p.dir"]);
            string[] arguments = [.. flags, "-o", $"CMakeFiles/p.dir/{name}.c.o", "-c", source];
            files.Run("build", gcc, arguments);
            var command = string.Join(' ', arguments.Prepend(gcc).Select(a => a.Contains(' ', StringComparison.Ordinal) ? $"\\\"{a}\\\"" : a));
            entries.Add($$"""{"directory": "{{files["build"]}}", "command": "{{command}}", "file": "{{source}}", "output": "CMakeFiles/p.dir/{{name}}.c.o"}""");
        }

        files.Write("build/compile_commands.json", $"[{string.Join(",\n", entries)}]");
        var tree = files.Collect("build", new TreeOptions { Directory = "", SourceDirectory = files["src"], TreeName = "p" });
        Assert.That(tree.Units.Select(u => (u.Object, u.SourcePath, u.WorkingDirectory)), Is.EqualTo([
            ("p/CMakeFiles/p.dir/a.c.o", files["src/a.c"], files["build"]),
            ("p/CMakeFiles/p.dir/b.c.o", files["src/b.c"], files["build"])]));
        Assert.That(tree.Units[0].DumpPath, Is.EqualTo(files[$"build/CMakeFiles/p.dir/a.c{Dump}"]));
        Assert.That(tree.Units[0].CallGraphPath, Is.EqualTo(files["build/CMakeFiles/p.dir/a.c.ci"]));
        Assert.That(tree.Units[0].Paths.Normalize(files["src/a.c"], tree.Units[0].WorkingDirectory), Is.EqualTo("a.c"));
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EqualTo([(DiagnosticCatalog.UnitWithoutDump, files["src/b.c"])]));
    }

    [Test]
    public void What_a_failed_compile_and_lto_leave_behind()
    {
        var gcc = Tools.Require("gcc");
        using var files = new TemporaryTree();
        files.Write("a.c", Source.Replace('F', 'a'));
        files.Write("main.c", "int a(int); int main(void) { return a(1); }\n");
        files.Write("bad.c", "int f(void) { return }\n");
        files.Run("", gcc, [.. Options, "-flto", "a.c", "main.c", "-o", "prog"]);
        files.Run("", gcc, [.. Options, "-c", "a.c", "-o", "a.o"]);
        files.Run("", Tools.Require("sh"), "-c", $"'{gcc}' -O2 -fdump-ipa-clones -c bad.c -o bad.o || true");
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["a.o"]));
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, Path.GetFileName(d.File))), Does.Contain((DiagnosticCatalog.FailedCompile, $"bad{Dump}")));
        Assert.That(tree.Diagnostics.Where(d => d.Descriptor == DiagnosticCatalog.LtoUnit).Select(d => Path.GetFileName(d.File)), Does.Contain("prog.wpa.000i.ipa-clones"));
        Assert.That(tree.Diagnostics.Select(d => Path.GetFileName(d.File)), Does.Contain($"prog-a{Dump}"), "compiled and linked in one step");
    }

    [Test]
    public void A_module_that_kbuild_built()
    {
        var make = Tools.Require("make");
        var headers = Tools.RequireKernelHeaders();
        using var files = new TemporaryTree("ipa-module-");
        files.Write("Kbuild", "obj-m := comp.o solo.o\ncomp-y := one.o sub/two.o as.o\n");
        files.Write("one.c", "#include <linux/module.h>\nstatic int __init m(void) { return 0; }\nmodule_init(m);\nMODULE_LICENSE(\"GPL\");\n");
        files.Write("sub/two.c", Source.Replace('F', 't'));
        files.Write("solo.c", "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n");
        files.Write("as.S", ".data\n.globl as_datum\nas_datum:\n\t.long 1\n");
        files.Run("", make, "-C", headers, $"M={files.Path}", "KCFLAGS=-fdump-ipa-clones -fcallgraph-info -fdump-ipa-icf-optimized", "modules");
        var options = new TreeOptions { Directory = "", WorkingDirectory = headers, Roots = [headers], SourceDirectory = files.Path };
        var tree = files.Collect(options: options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tree.Diagnostics, Is.Empty);
            Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo([.. Tools.ModuleCommonObject(files.Path), "comp.mod.o", "one.o", "solo.mod.o", "solo.o", "sub/two.o"]));
            Assert.That(tree.Units.Where(u => u.Object != ".module-common.o").Select(u => u.SourcePath), Is.EqualTo([files["comp.mod.c"], files["one.c"], files["solo.mod.c"], files["solo.c"], files["sub/two.c"]]));
            Assert.That(tree.Units.Where(u => u.DumpPath is null || u.CallGraphPath is null || u.FoldingRecordPath is null || u.Command is not KbuildCommand { CallGraphInfo: true }), Is.Empty);
            Assert.That(tree.Units.Select(u => u.Paths.Normalize("./include/generated/autoconf.h", u.WorkingDirectory)), Is.All.EqualTo("include/generated/autoconf.h"));
            Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { Linked = 3, Assembler = 1 }));
        }
    }
}
