using IpaAnalysis.Collection.Units;
using IpaAnalysis.Tests.Collection;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>Programs that stand before the compiler in what a build system recorded: they are passed over, and none of them is run.</summary>
internal sealed class LauncherTests
{
    private const string Source = """
        extern int dev_read(int *, int);
        static __attribute__((noinline)) int fetch(int *buf, int n) { int r = dev_read(buf, n); if (r > n) r = n; return r; }
        int first(int n) { int buf[16] = { 0 }; return fetch(buf, n & 15) + buf[3]; }

        """;

    private const string Flags = "-O2 -fdump-ipa-clones -fcallgraph-info";

    private static readonly string[] s_launchers =
    [
        "gcc", "TREE/bin/kpatch-cc gcc", "TREE/bin/ccache TREE/bin/kpatch-cc gcc", "python3 TREE/bin/wrapper.py gcc", "TREE/bin/wrapper.py gcc",
        "env LANG=C CC=TREE/bin/kpatch-cc nice -n 1 gcc", "/bin/sh TREE/bin/wrapper gcc", "TREE/bin/kpatch-cc TREE/bin/my-gcc TREE/bin/wrapper gcc",
        "TREE/bin/wrapper --real=TREE/bin/my-gcc gcc",
    ];

    [Test]
    public void Launchers_of_every_form_are_passed_over([ValueSource(nameof(s_launchers))] string words, [Values] bool isTrusted, [Values] bool isKbuild)
    {
        Tools.Require("gcc");
        using var tree = new RecompiledTree().Write("m.c", Source);
        var traps = Traps(tree, "bin/kpatch-cc", "bin/ccache", "bin/wrapper.py", "bin/wrapper", "bin/my-gcc");
        tree.Tree.Compile("m.c", "m.o", Flags.Split(' '));
        Record(tree, words.Replace("TREE", tree.Tree.Path.Replace(" ", "\\ ", StringComparison.Ordinal), StringComparison.Ordinal), isKbuild);
        var found = tree.Collect(new TreeOptions { Directory = "", TrustsCommands = isTrusted });
        Assert.That(found.Diagnostics, Is.Empty);
        var result = tree.Analyze("fetch");
        Assert.That(result.Exact[0].InexactBecause.Select(c => c.Cause), Is.Empty);
        Assert.That(File.Exists(traps), Is.False, "nothing before the compiler was run");
    }

    [Test]
    public void A_wrapper_that_adds_options_shows_in_the_code([Values] bool isTrusted)
    {
        Tools.Require("gcc");
        using var tree = new RecompiledTree().Write("m.c", Source);
        tree.Tree.Compile("m.c", "m.o", [.. Flags.Split(' '), "-fno-omit-frame-pointer", "-fstack-protector-all"]);
        Record(tree, "my-cc gcc", isKbuild: true);
        tree.Collect(new TreeOptions { Directory = "", TrustsCommands = isTrusted });
        var cause = tree.Analyze("fetch").Exact[0].InexactBecause.Select(c => c.Cause).Single();
        Assert.That(cause, Does.Contain("fetch").Or.Contain("first"), "not what the command makes");
    }

    [Test]
    public void What_libtool_compiled_has_its_command()
    {
        Tools.Require("gcc");
        using var tree = new RecompiledTree().Write("m.c", Source);
        tree.Tree.Compile("m.c", ".libs/m.o", [.. Flags.Split(' '), "-fPIC", "-DPIC"]);
        tree.Tree.Compile("m.c", "m.o", Flags.Split(' '));
        tree.Write("m.lo", "# m.lo - a libtool object file\npic_object='.libs/m.o'\nnon_pic_object='m.o'\n");
        tree.Write("compile_commands.json", $$"""
            [ { "directory": "{{tree.Tree.Path}}", "file": "m.c", "output": "m.lo", "command": "/bin/bash ./libtool --tag=CC --mode=compile gcc {{Flags}} -c m.c -o m.lo" } ]
            """);
        var found = tree.Collect();
        Assert.That(found.Diagnostics, Is.Empty);
        Assert.That(found.Units.Select(u => u.Object), Is.EqualTo([".libs/m.o", "m.o"]));
        Assert.That(tree.Analyze("fetch").Exact[0].InexactBecause.Select(c => c.Cause), Is.Empty);
    }

    /// <summary>Programs that leave a mark when they are run.</summary>
    /// <returns>The mark.</returns>
    private static string Traps(RecompiledTree tree, params string[] names)
    {
        var mark = tree.Tree["mark"];
        foreach (var name in names)
        {
            Tools.WriteProgram(tree.Tree[name], $"#!/bin/sh\ntouch '{mark}'\nexec \"$@\"\n");
        }

        return mark;
    }

    private static void Record(RecompiledTree tree, string compiler, bool isKbuild)
    {
        var command = $"{compiler} -D__KERNEL__ {Flags} -c -o m.o m.c";
        if (isKbuild)
        {
            tree.Tree.RecordCommand("m.o", command);
        }
        else
        {
            tree.Write("compile_commands.json", $$"""[ { "directory": "{{tree.Tree.Path}}", "file": "m.c", "command": "{{command.Replace("\\", "\\\\", StringComparison.Ordinal)}}" } ]""");
        }
    }
}
