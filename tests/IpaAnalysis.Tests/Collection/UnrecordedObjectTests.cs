using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Tests.Collection;

/// <summary>Objects that nothing records: each is a unit if it was compiled from C, and its clean twin is complete.</summary>
internal sealed class UnrecordedObjectTests
{
    private const string Dump = ".c.000i.ipa-clones";
    private static readonly string[] s_recorded = ["-O2", "-fdump-ipa-clones", "-fcallgraph-info"];

    private static TemporaryTree Tree()
    {
        Tools.Require("gcc");
        var files = new TemporaryTree();
        files.Write("len.h", "static inline int len(const unsigned char *b) { return b[0] - 4; }\n");
        foreach (var name in (string[])["u1", "u2", "u3"])
        {
            files.Write($"{name}.c", $"#include \"len.h\"\nextern int ext_{name}(int);\nint use_{name}(const unsigned char *b) {{ return ext_{name}(len(b)) + {name[1]}; }}\n");
        }

        files.Compile("u1.c", "u1.o", s_recorded);
        files.Compile("u2.c", "u2.o", s_recorded);
        return files;
    }

    private static (string Code, string Object)[] Losses(CollectedTree tree, TemporaryTree files) =>
        [.. tree.Diagnostics.Where(d => d.Descriptor.MeansIncomplete).Select(d => (d.Code, Path.GetRelativePath(files.Path, d.File!)))];

    [TestCase("u3.o", "-O2")]
    [TestCase("u3.o", "-O2", "-g")]
    [TestCase("u3.o", "-O2", "-fno-ident")]
    [TestCase("u3.sho", "-O2", "-fPIC")]
    [TestCase("u3.pic.o", "-O2", "-fPIC")]
    [TestCase("u3", "-O2")]
    [TestCase(".libs/mod_x.o", "-O2", "-fPIC")]
    [TestCase("u3.lo", "-O2")]
    public void A_c_object_without_its_dump_is_a_unit(string name, params string[] options)
    {
        using var files = Tree();
        Assert.That(Losses(files.Collect(), files), Is.Empty, "the clean twin");
        files.Compile("u3.c", name, options);
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(new[] { name, "u1.o", "u2.o" }.Order(Utf8Order.Instance)));
        Assert.That(Losses(tree, files), Is.EqualTo([("IPA2010", name)]));
    }

    [Test]
    public void What_is_not_compiled_from_c_for_the_target_is_no_unit()
    {
        using var files = Tree();
        files.Write("asm.S", ".text\n.globl in_asm\n.type in_asm, @function\nin_asm: ret\n.size in_asm, 1\n");
        files.Write("data.c", "int table[3] = { 1, 2, 3 };\n");
        files.Write("main.c", "int main(void) { return 0; }\n");
        files.Write("text", "no object\n");
        files.Compile("asm.S", "asm.o");
        files.Compile("data.c", "data.o", "-O2");
        files.Run("", "gcc", "-O2", "main.c", "-o", "main");
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["u1.o", "u2.o"]));
        Assert.That(Losses(tree, files), Is.Empty);
        Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { Unknown = 2 }));
    }

    [Test]
    public void Copies_and_what_is_joined_of_known_objects_are_no_units()
    {
        using var files = Tree();
        files.Write("asm.S", ".text\n.globl in_asm\n.type in_asm, @function\nin_asm: ret\n.size in_asm, 1\n");
        files.Compile("asm.S", "asm.o");
        files.Run("", "ld", "-r", "-o", "all.o", "u1.o", "u2.o", "asm.o");
        files.Run("", "cp", "u1.o", "u1.bak");
        files.Run("", "cp", "u2.o", "u2.obj");
        files.Run("", "objcopy", "--strip-debug", "u2.o", "stripped.lo");
        files.Run("", "ar", "rcs", "libu.a", "u1.o", "u2.o");
        files.Run("", "ar", "rcsT", "thin.a", "u1.o", "u2.o");
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => (u.Object, u.DumpPath)), Is.EqualTo([("u1.o", files[$"u1{Dump}"]), ("u2.o", files[$"u2{Dump}"])]));
        Assert.That(Losses(tree, files), Is.Empty);
        Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { Copies = 4, Linked = 2, Unknown = 1 }));

        files.Compile("u3.c", "stripped.lo", "-O2");
        files.Run("", "strip", "--strip-debug", "stripped.lo");
        Assert.That(Losses(files.Collect(), files), Is.EqualTo([("IPA2010", "stripped.lo")]), "C whose source no symbol names");
        File.Delete(files["stripped.lo"]);

        // One function more.
        files.Compile("u3.c", "u3.tmp.o", "-O2");
        files.Run("", "ld", "-r", "-o", "all.o", "u1.o", "u2.o", "u3.tmp.o");
        File.Delete(files["u3.tmp.o"]);
        Assert.That(Losses(files.Collect(), files), Is.EqualTo([("IPA2010", "all.o")]));
    }

    [Test]
    public void Code_that_calls_something_else_is_no_copy()
    {
        using var files = Tree();
        files.Write("u1/u1.c", File.ReadAllText(files["u1.c"]).Replace("ext_u1", "ext_u9", StringComparison.Ordinal).Replace("\"len.h\"", "\"../len.h\"", StringComparison.Ordinal));
        files.Compile("u1/u1.c", "u1/u1.o", "-O2");
        Assert.That(Losses(files.Collect(), files), Is.EqualTo([("IPA2010", "u1/u1.o")]));
    }

    [Test]
    public void An_object_that_is_in_an_archive_only_is_a_unit()
    {
        using var files = Tree();
        files.Compile("u3.c", "a_name_longer_than_fifteen.o", "-O2");
        files.Run("", "ar", "rcs", "libu.a", "u1.o", "a_name_longer_than_fifteen.o");
        File.Delete(files["a_name_longer_than_fifteen.o"]);
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["libu.a(a_name_longer_than_fifteen.o)", "u1.o", "u2.o"]));
        Assert.That(Losses(tree, files), Is.EqualTo([("IPA2010", "libu.a")]));

        using (var archive = File.OpenWrite(files["libu.a"]))
        {
            archive.SetLength(archive.Length - 100);
        }

        Assert.That(Losses(files.Collect(), files).Select(l => l.Code), Does.Contain("IPA2017"), "cut off");
    }

    [Test]
    public void An_object_that_the_database_does_not_name_is_a_unit()
    {
        using var files = Tree();
        files.Write("compile_commands.json", $$"""[{"directory":"{{files.Path}}","file":"u1.c","command":"gcc -O2 -c u1.c -o u1.o"}]""");
        Assert.That(Losses(files.Collect(), files), Is.Empty);
        File.Delete(files[$"u2{Dump}"]);
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["u1.o", "u2.o"]));
        Assert.That(Losses(tree, files), Is.EqualTo([("IPA2010", "u2.c")]), "the call graph tells the source");
    }

    [Test]
    public void A_dump_that_a_second_compile_overwrote_is_nobodys()
    {
        using var files = Tree();
        files.Compile("u1.c", "u1.sho", [.. s_recorded, "-DX", "-fPIC", "-fno-omit-frame-pointer", "-O1"]);
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => (u.Object, u.DumpPath, u.CallGraphPath)), Is.EqualTo([
            ("u1.o", (string?)null, (string?)null), ("u1.sho", null, null), ("u2.o", files[$"u2{Dump}"], files["u2.ci"])]));
        Assert.That(Losses(tree, files), Is.EqualTo([("IPA2014", $"u1{Dump}")]));

        // The other one gone, it is the last one's alone.
        File.Delete(files["u1.o"]);
        Assert.That(files.Collect().Units.Select(u => (u.Object, u.DumpPath)), Does.Contain(("u1.sho", files[$"u1{Dump}"])));
    }

    [Test]
    public void An_object_of_intermediate_code_is_a_unit_and_told()
    {
        using var files = Tree();
        files.Compile("u3.c", "u3.o", "-O2", "-flto");
        Assert.That(files.Collect().Units.Select(u => u.Object), Does.Contain("u3.o"));
    }

    [Test]
    public void An_object_that_is_cut_off_is_told()
    {
        using var files = Tree();
        files.Compile("u3.c", "u3.o", "-O2");
        File.WriteAllBytes(files["u3.odd"], File.ReadAllBytes(files["u3.o"])[..100]);
        File.Delete(files["u3.o"]);
        Assert.That(Losses(files.Collect(), files), Is.EqualTo([("IPA3003", "u3.odd")]));
    }

    [Test]
    public void What_was_looked_at_is_remembered()
    {
        using var files = Tree();
        using var state = new TemporaryTree();
        files.Compile("u3.c", "u3.sho", "-O2");
        files.Run("", "ar", "rcs", "libu.a", "u1.o");
        var options = new TreeOptions { Directory = files.Path };

        // Only what changed more than a moment ago is known for certain the next time.
        Thread.Sleep(100);
        var memory = CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None);
        var tree = TreeCollector.Collect(options, memory, CancellationToken.None);
        memory.Write(state["m.state"], tree.Units, []);
        Assert.That(CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None).Reasons, Is.Empty);

        // The suffix tells nothing, so its content must be looked at again.
        files.Compile("u3.c", "u3.sho", "-O1");
        memory = CollectionMemory.Open(state["m.state"], 2, forget: false, CancellationToken.None);
        Assert.That(memory.Reasons, Has.Some.Contains("u3.sho"));
        Assert.That(TreeCollector.Collect(options, memory, CancellationToken.None).Units.Select(u => u.Object), Is.EqualTo(tree.Units.Select(u => u.Object)));
    }
}
