using IpaAnalysis.Collection.Scanning;
using IpaAnalysis.Collection.Units;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Collection;

/// <summary>Trees shaped like a kernel's output directory.</summary>
internal sealed class KernelTreeTests
{
    private const string Dump = ".c.000i.ipa-clones";

    [Test]
    public void Only_c_for_the_target_is_a_unit_and_nothing_is_amiss()
    {
        using var files = new TemporaryTree();
        Kernel(files);
        var tree = files.Collect(options: new TreeOptions { Directory = "", TreeName = "linux" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tree.Diagnostics, Is.Empty);
            Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo(["linux/.vmlinux.export.o", "linux/drivers/m.mod.o", "linux/drivers/one.o", "linux/mm/mmap.o"]));
            Assert.That(tree.Units.Select(u => u.DumpPath), Is.EqualTo([files[$".vmlinux.export{Dump}"], files[$"drivers/m.mod{Dump}"], files[$"drivers/one{Dump}"], files[$"mm/mmap{Dump}"]]));
            Assert.That(tree.Units.Select(u => u.WorkingDirectory), Is.All.EqualTo(files.Path));
            Assert.That(tree.Units[3].SourcePath, Is.EqualTo("/src/mm/mmap.c"));
            Assert.That(tree.Units[3].CommandFile, Is.EqualTo(files["mm/.mmap.o.cmd"]));
            Assert.That(tree.Units[3].Command!.Compiler, Is.EqualTo("gcc"));
            Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { Linked = 6, Assembler = 1, Host = 2, WithoutOption = 1, AssemblyOnly = 4 }));
        }
    }

    [Test]
    public void Where_nobody_asked_for_dumps_every_unit_lacks_its_own()
    {
        using var files = new TemporaryTree();
        for (var i = 0; i < 25; i++)
        {
            files.Record($"d/f{i:00}.o", $"/src/f{i:00}.c", "-O2");
            files.Touch($"d/f{i:00}.o");
        }

        var tree = files.Collect();
        Assert.That(tree.Units, Has.Length.EqualTo(25));
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.EqualTo(Enumerable.Repeat(DiagnosticCatalog.UnitWithoutDump, 21)));
        Assert.That(tree.Diagnostics[0].File, Is.EqualTo("/src/f00.c"));
        Assert.That(tree.Diagnostics[0].Message, Does.Contain("KCFLAGS=-fdump-ipa-clones"));
        Assert.That(tree.Diagnostics[20].Message, Does.Contain("5 more"));
    }

    [Test]
    public void A_unit_whose_dump_is_gone_is_reported_at_its_source()
    {
        using var files = new TemporaryTree();
        Kernel(files);
        File.Delete(files[$"mm/mmap{Dump}"]);
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EqualTo([(DiagnosticCatalog.UnitWithoutDump, "/src/mm/mmap.c")]));
        Assert.That(tree.Units.Single(u => u.Object == "mm/mmap.o").DumpPath, Is.Null);
    }

    [Test]
    public void A_record_goes_before_compile_commands()
    {
        using var files = new TemporaryTree();
        files.Record("a.o", "/src/a.c");
        files.RecordCommand("host.o", "gcc -O2 -c -o host.o /src/host.c");
        files.Touch("a.o", $"a{Dump}", "host.o", "new.o");
        files.Write(
            "compile_commands.json",
            string.Concat("[", string.Join(',', new[] { "a", "host", "new", "notbuilt" }.Select(n => $$"""{"directory":"{{files.Path}}","file":"/other/{{n}}.c","command":"gcc -c -o {{n}}.o /other/{{n}}.c"}""")), "]"));
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => (u.Object, u.SourcePath)), Is.EqualTo([("a.o", "/src/a.c"), ("new.o", "/other/new.c")]));
        Assert.That(tree.NotUnits, Is.EqualTo(new NotUnits { Host = 1 }));
        Assert.That(tree.Diagnostics.Select(d => d.Descriptor), Is.EqualTo([DiagnosticCatalog.UnitWithoutDump]));
        Assert.That(tree.Units[1].CommandFile, Is.EqualTo(files["compile_commands.json"]));
    }

    [Test]
    public void A_record_that_cannot_be_read_is_reported_and_its_dump_still_used()
    {
        using var files = new TemporaryTree();
        Kernel(files);
        files.Write("mm/.mmap.o.cmd", "cmd_mm/mmap.o := gcc 'unclosed\n");
        var tree = files.Collect();
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File, d.Line)), Is.EqualTo([(DiagnosticCatalog.KbuildCommand, files["mm/.mmap.o.cmd"], 1)]));
        Assert.That(tree.Units.Single(u => u.Object == "mm/mmap.o").DumpPath, Is.EqualTo(files[$"mm/mmap{Dump}"]));
    }

    [Test]
    public void Compiles_for_link_time_optimisation_have_no_dump()
    {
        using var files = new TemporaryTree();
        files.Record("a.o", "/src/a.c", "-fdump-ipa-clones -flto=auto");
        files.Record("b.o", "/src/b.c", "-fdump-ipa-clones -flto -fno-lto");
        files.Touch("a.o", $"a{Dump}", "b.o", $"b{Dump}", "p.wpa.000i.ipa-clones", "p.ltrans12.ltrans.000i.ipa-clones");
        var tree = files.Collect();
        Assert.That(tree.Units.Select(u => (u.IsLto, u.DumpPath)), Is.EqualTo([(true, (string?)null), (false, files[$"b{Dump}"])]));
        Assert.That(tree.Diagnostics.Select(d => (d.Descriptor, d.File)), Is.EqualTo([
            (DiagnosticCatalog.LtoUnit, "/src/a.c"),
            (DiagnosticCatalog.LtoUnit, files["p.ltrans12.ltrans.000i.ipa-clones"]),
            (DiagnosticCatalog.LtoUnit, files["p.wpa.000i.ipa-clones"])]));
    }

    [Test]
    public void An_archive_of_dumps_and_records_tells_as_much()
    {
        using var files = new TemporaryTree();
        Kernel(files);
        foreach (var file in Directory.GetFiles(files.Path, "*.o", new EnumerationOptions { AttributesToSkip = 0, RecurseSubdirectories = true }))
        {
            File.Delete(file);
        }

        var tree = files.Collect();
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo([".vmlinux.export.o", "drivers/m.mod.o", "drivers/one.o", "mm/mmap.o"]));
        Assert.That(tree.Units.Select(u => u.SourcePath).Last(), Is.EqualTo("/src/mm/mmap.c"));
    }

    [Test]
    public void Where_the_directory_of_an_absolute_target_is_comes_from_the_caller()
    {
        using var files = new TemporaryTree();
        files.Record("/old/module/d/a.o", "/old/module/d/a.c");
        files.Write("d/.a.o.cmd", "cmd_/old/module/d/a.o := gcc -D__KERNEL__ -fdump-ipa-clones -c -o /old/module/d/a.o /old/module/d/a.c\n");
        files.Touch("d/a.o", $"d/a{Dump}", "d/a.c");
        var unit = files.Collect(options: new TreeOptions { Directory = "", WorkingDirectory = "/usr/src/headers", Roots = ["/usr/src/headers"] }).Units.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(unit.WorkingDirectory, Is.EqualTo("/usr/src/headers"));
            Assert.That(unit.Paths.Normalize("./arch/x.h", unit.WorkingDirectory), Is.EqualTo("arch/x.h"));
            Assert.That(unit.Paths.Normalize("/old/module/d/a.c", unit.WorkingDirectory), Is.EqualTo("d/a.c"), "the tree was moved");
            Assert.That(unit.SourcePath, Is.EqualTo(files["d/a.c"]), "the tree was moved");
        }
    }

    [Test]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        using var files = new TemporaryTree();
        Kernel(files);
        files.Write("mm/.x.o.cmd", "bad");
        files.Write("drivers/.y.o.cmd", "bad");
        files.Touch("mm/x.o", "drivers/y.o");
        string Show(int threads)
        {
            var tree = files.Collect(options: new TreeOptions { Directory = "", Threads = threads });
            return string.Join('\n', tree.Units.Select(u => $"{u.Object} {u.DumpPath} {u.SourcePath}").Concat(tree.Diagnostics.Select(d => $"{d.Code} {d.File} {d.Message}")));
        }

        Assert.That(Show(8), Is.EqualTo(Show(1)));
    }

    private static void Kernel(TemporaryTree files)
    {
        files.Record("mm/mmap.o", "/src/mm/mmap.c");
        files.Record("drivers/one.o", "/src/drivers/one.c");
        files.Record("drivers/m.mod.o", "drivers/m.mod.c");
        files.Record(".vmlinux.export.o", ".vmlinux.export.c");
        files.Record("arch/x86/boot/misc.o", "/src/arch/x86/boot/misc.c", "-Os -m16");
        files.RecordCommand("scripts/mod/sumversion.o", "gcc -Wp,-MMD,scripts/mod/.s.d -O2 -c -o scripts/mod/sumversion.o /src/scripts/mod/sumversion.c");
        files.RecordCommand("tools/t.o", "gcc -O2 -fdump-ipa-clones -c -o tools/t.o /src/tools/t.c");
        files.RecordCommand("arch/x86/entry.o", "gcc -D__KERNEL__ -D__ASSEMBLY__ -fdump-ipa-clones -c -o arch/x86/entry.o /src/arch/x86/entry.S");
        files.RecordCommand("drivers/m.o", "ld -m elf_x86_64 -r -o drivers/m.o @drivers/m.mod");
        files.RecordCommand("vmlinux.o", "ld -r -o vmlinux.o --whole-archive vmlinux.a");
        files.RecordCommand("mm/built-in.a", "rm -f mm/built-in.a; ar cDPrST mm/built-in.a mm/mmap.o");
        files.RecordCommand("arch/x86/kernel/asm-offsets.s", "gcc -D__KERNEL__ -fdump-ipa-clones -S -o arch/x86/kernel/asm-offsets.s /src/arch/x86/kernel/asm-offsets.c");
        files.Touch("mm/mmap.o", $"mm/mmap{Dump}", "mm/mmap.ci", "drivers/one.o", $"drivers/one{Dump}", "drivers/m.mod.o", $"drivers/m.mod{Dump}", ".vmlinux.export.o", $".vmlinux.export{Dump}");
        files.Touch("arch/x86/boot/misc.o", "scripts/mod/sumversion.o", "tools/t.o", $"tools/t{Dump}", "arch/x86/entry.o", "drivers/m.o", "drivers/m.ko", "vmlinux.o", "vmlinux", "mm/built-in.a", "built-in.a");
        files.Touch($"arch/x86/kernel/asm-offsets{Dump}", $"kernel/bounds{Dump}", $"scripts/mod/devicetable-offsets{Dump}", "lib/consts.s", $"lib/consts{Dump}", ".config", "Makefile");
    }
}
