using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Collection;

/// <summary>How GCC names dumps, with files made by hand, without and with commands.</summary>
internal sealed class NamingTests
{
    [TestCase("foo.o", "foo.c.000i.ipa-clones", "foo.ci", "foo.c.079i.icf")]
    [TestCase("d/foo.o", "d/foo.c.123456i.ipa-clones", "d/foo.ci", "d/foo.c.1i.icf")]
    [TestCase("foo.c.o", "foo.c.c.000i.ipa-clones", "foo.c.ci", "foo.c.c.079i.icf")]
    [TestCase("foo.o", ".tmp_foo.c.000i.ipa-clones", ".tmp_foo.ci", ".tmp_foo.c.079i.icf")]
    [TestCase("foo.o", "foo.i.000i.ipa-clones", "foo.ci", "foo.i.079i.icf")]
    [TestCase("foo.o", "foo.000i.ipa-clones", "foo.ci", "foo.079i.icf")]
    [TestCase("foo.c.o", "foo.c.000i.ipa-clones", "foo.c.ci", "foo.c.079i.icf")]
    [TestCase("foo.tab.o", "foo.tab.c.000i.ipa-clones", "foo.tab.ci", "foo.tab.c.079i.icf")]
    [TestCase("foo.obj", "foo.c.000i.ipa-clones", "foo.ci", "foo.c.079i.icf")]
    [TestCase("foo.os", "foo.c.000i.ipa-clones", "foo.ci", "foo.c.079i.icf")]
    [TestCase("foo.lo", "foo.c.000i.ipa-clones", "foo.ci", "foo.c.079i.icf")]
    [TestCase(".foo.o", ".foo.c.000i.ipa-clones", ".foo.ci", ".foo.c.079i.icf")]
    [TestCase("a;b\nc $(X) %3B.o", "a;b\nc $(X) %3B.c.000i.ipa-clones", "a;b\nc $(X) %3B.ci", "a;b\nc $(X) %3B.c.079i.icf")]
    public void Files_beside_an_object_are_its_own(string o, string dump, string callGraph, string record)
    {
        using var files = new TemporaryTree();
        files.Touch(o, dump, callGraph, record);
        var tree = files.Collect();
        Assert.That(tree.Diagnostics, Is.Empty);
        var unit = tree.Units.Single();
        Assert.That((unit.Object, unit.ObjectPath, unit.DumpPath, unit.CallGraphPath, unit.FoldingRecordPath), Is.EqualTo((o, files[o], files[dump], files[callGraph], files[record])));
    }

    [Test]
    public void Two_objects_whose_names_begin_alike_keep_their_own_files()
    {
        using var files = new TemporaryTree();
        files.Touch("foo.o", "foo.c.000i.ipa-clones", "foo.ci", "foo.c.o", "foo.c.c.000i.ipa-clones", "foo.c.ci", "foo.bar.o", "foo.bar.c.000i.ipa-clones", "foo.bar.ci");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(
            tree.Units.Select(u => $"{u.Object} {Path.GetFileName(u.DumpPath)} {Path.GetFileName(u.CallGraphPath)}"),
            Is.EqualTo(["foo.bar.o foo.bar.c.000i.ipa-clones foo.bar.ci", "foo.c.o foo.c.c.000i.ipa-clones foo.c.ci", "foo.o foo.c.000i.ipa-clones foo.ci"]));
    }

    [Test]
    public void An_object_without_command_and_dump_is_no_unit()
    {
        using var files = new TemporaryTree();
        files.Touch("foo.o", "foo.c.000i.ipa-clones", "bar.o", "lib.a", "m.ko", "vmlinux");
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["foo.o"]));
        Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { Unknown = 1, Linked = 3 }));
        Assert.That(tree.NotUnits.Describe(), Is.EqualTo("3 linked, 1 without command and dump"));
    }

    [Test]
    public void Before_gcc_11_dumps_follow_the_source()
    {
        using var files = new TemporaryTree();
        files.Record("d/bar.o", "d/foo.c");
        files.Record("e/.tmp_baz.o", "e/baz.c", target: "e/baz.o");
        files.Touch("d/bar.o", "d/foo.c.000i.ipa-clones", "d/foo.ci", "e/baz.o", "e/baz.c.000i.ipa-clones");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Units.Select(u => u.DumpPath), Is.EqualTo([files["d/foo.c.000i.ipa-clones"], files["e/baz.c.000i.ipa-clones"]]));
        Assert.That(tree.Units[0].CallGraphPath, Is.EqualTo(files["d/foo.ci"]));
    }

    [Test]
    public void A_dump_that_two_objects_wrote_is_given_to_neither()
    {
        using var files = new TemporaryTree();
        files.Record("foo.o", "foo.c");
        files.Record("bar.o", "foo.c");
        files.Touch("foo.o", "bar.o", "foo.c.000i.ipa-clones", "foo.ci");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EqualTo([(DiagnosticCatalog.SharedDump, files["foo.c.000i.ipa-clones"])]));
        Assert.That(tree.Diagnostics[0].Message, Does.Contain("'bar.o'").And.Contain("'foo.o'"));
        Assert.That(tree.Units.Select(u => (u.Object, u.DumpPath)), Is.EqualTo([("bar.o", (string?)null), ("foo.o", null)]));
        Assert.That(tree.Units[1].CallGraphPath, Is.EqualTo(files["foo.ci"]));
    }

    [Test]
    public void With_gcc_11_an_object_does_not_claim_the_dump_of_its_source()
    {
        using var files = new TemporaryTree();
        files.Record("foo.o", "foo.c");
        files.Record("bar.o", "foo.c");
        files.Record("baz.o", "foo.c");
        files.Touch("foo.o", "bar.o", "baz.o", "foo.c.000i.ipa-clones", "baz.c.000i.ipa-clones");
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => Path.GetFileName(u.DumpPath)), Is.EqualTo([null, "baz.c.000i.ipa-clones", "foo.c.000i.ipa-clones"]));
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.UnitWithoutDump]));
    }

    [Test]
    public void One_dump_file_named_for_all_is_shared()
    {
        using var files = new TemporaryTree();
        foreach (var name in (string[])["a", "b", "c"])
        {
            files.Record($"{name}.o", $"{name}.c", "-fdump-ipa-clones=all.txt");
            files.Touch($"{name}.o");
        }

        files.Touch("all.txt");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.SharedDump]));
        Assert.That(tree.Diagnostics[0].Message, Does.Contain("'a.o', 'b.o' and 1 more"));
    }

    [Test]
    public void Names_that_the_command_gives_are_followed()
    {
        using var files = new TemporaryTree();
        files.Record("a.o", "a.c", "-fdump-ipa-clones=dumps/a.txt");
        files.Record("b.o", "b.c", "-fdump-ipa-clones -dumpdir out/pre-");
        files.Record("c.o", "c.c", "-fdump-ipa-clones -dumpbase zed.c");
        files.Touch("a.o", "b.o", "c.o", "dumps/a.txt", "out/pre-b.c.000i.ipa-clones", "zed.c.000i.ipa-clones", "zed.c.ci");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Units.Select(u => u.DumpPath), Is.EqualTo([files["dumps/a.txt"], files["out/pre-b.c.000i.ipa-clones"], files["zed.c.000i.ipa-clones"]]));
        Assert.That(tree.Units[2].CallGraphPath, Is.EqualTo(files["zed.c.ci"]));
    }

    [Test]
    public void Position_independent_twins_share_a_dump_unless_one_is_libtools_text()
    {
        using var files = new TemporaryTree();
        files.Touch("a.o", "a.lo", "a.c.000i.ipa-clones", "b.o", "b.c.000i.ipa-clones");
        files.Write("b.lo", "# b.lo - a libtool object file\n");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.SharedDump]));
        Assert.That(tree.Units.Select(u => $"{u.Object} {Path.GetFileName(u.DumpPath)}"), Is.EqualTo(["a.lo ", "a.o ", "b.o b.c.000i.ipa-clones"]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_dump_that_libtool_removed_is_told_with_what_brings_it_back(bool isModule)
    {
        using var files = new TemporaryTree();
        files.Touch("src/.libs/m.o", "src/.libs/m.so", "src/m.c");
        files.Write(isModule ? "src/.libs/m.la" : "src/.libs/libm.la", "# m.la - a libtool library file\n");
        files.Write("compile_commands.json", $$"""
            [{ "directory": "{{files["src"]}}", "file": "m.c", "output": ".libs/m.o", "command": "gcc -O2 -fdump-ipa-clones -fPIC -c m.c -o .libs/m.o" }]
            """);
        var problem = files.Collect().Diagnostics.Single();
        Assert.That(problem.Descriptor, Is.EqualTo(DiagnosticCatalog.UnitWithoutDump));
        Assert.That(problem.Message, isModule ? Does.Contain("libtool").And.Contain("make m.lo") : Does.Not.Contain("libtool"));
    }

    [Test]
    public void Without_any_object_each_dump_is_a_unit()
    {
        using var files = new TemporaryTree();
        files.Touch("foo.c.000i.ipa-clones", "foo.ci", "d/bar.i.000i.ipa-clones", ".tmp_old.c.000i.ipa-clones", "x.c.000i.ipa-clones", "x.i.000i.ipa-clones",
            "kernel/bounds.c.000i.ipa-clones", "bounds.c.000i.ipa-clones", "arch/x86/kernel/asm-offsets.c.000i.ipa-clones", "p.wpa.000i.ipa-clones");
        var tree = files.Collect(options: new TreeOptions { Directory = "", TreeName = "t/" });
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["t/bounds.o", "t/d/bar.o", "t/foo.o", "t/old.o", "t/x.i.o", "t/x.o"]));
        Assert.That(tree.Units.Select(u => u.ObjectPath), Is.All.Null);
        Assert.That(tree.Units[2].CallGraphPath, Is.EqualTo(files["foo.ci"]));
        Assert.That(tree.NotUnits.AssemblyOnly, Is.EqualTo(2));
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.LtoUnit]));
    }
}
