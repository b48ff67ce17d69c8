using System.Text;
using IpaAnalysis.CommandLines;
using IpaAnalysis.CommandLines.Records;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.CommandLines;

internal sealed class KbuildCommandReaderTests
{
    private const string Kernel = "-D__KERNEL__";

    [Test]
    public void A_kernel_command_is_read()
    {
        var command = Parse(
            "cmd_mm/mmap.o := gcc -Wp,-MMD,mm/.mmap.o.d -nostdinc -I ./mm -include x.h -D__KERNEL__ -O2 -fdump-ipa-clones -fcallgraph-info "
            + """-DKBUILD_MODFILE='"mm/mmap"' -DX=$$Y -c -o mm/mmap.o /src/mm/mmap.c   ; ./tools/objtool/objtool --hacks=jump_label mm/mmap.o""",
            "/out/mm/.mmap.o.cmd")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(command.Target, Is.EqualTo("mm/mmap.o"));
            Assert.That(command.Kind, Is.EqualTo(CommandKind.CCompile));
            Assert.That(command.Compiler, Is.EqualTo("gcc"));
            Assert.That(command.Wrapper, Is.Empty);
            Assert.That(command.Source, Is.EqualTo("/src/mm/mmap.c"));
            Assert.That(command.Output, Is.EqualTo("mm/mmap.o"));
            Assert.That(command.WorkingDirectory, Is.EqualTo("/out"));
            Assert.That(command.Words, Does.Contain("-DKBUILD_MODFILE=\"mm/mmap\"").And.Contain("-DX=$Y").And.Not.Contain("./tools/objtool/objtool"));
            Assert.That(command.DumpsClones && command.CallGraphInfo && !command.IsLto && command.CloneDumpFile is null, Is.True);
        }
    }

    [TestCase("savedcmd_a.o := gcc -D__KERNEL__ -c -o a.o a.c", CommandKind.CCompile)]
    [TestCase("cmd_a.o := gcc -D__KERNEL__ -c -o a.o a.i", CommandKind.CCompile)]
    [TestCase("cmd_a.o := gcc -D __KERNEL__ -xc -c -oa.o -", CommandKind.CCompile)]
    [TestCase("cmd_a.o := gcc -Wp,-MD,x -D\"KBUILD_BASENAME=\\#s\" -c -o a.o a.c", CommandKind.CCompile)]
    [TestCase("cmd_a.o := gcc -Wp,-MMD,x -O2 -c -o a.o a.c", CommandKind.Host)]
    [TestCase("cmd_a.o := gcc -D__KERNEL__ -c -o a.o a.S", CommandKind.Assembler)]
    [TestCase("cmd_a.o := gcc -D__KERNEL__ -c -o a.o a.s", CommandKind.Assembler)]
    [TestCase("cmd_a.s := gcc -D__KERNEL__ -fverbose-asm -S -o a.s a.c", CommandKind.AssemblyOnly)]
    [TestCase("cmd_a.i := gcc -D__KERNEL__ -E -o a.i a.c", CommandKind.Other)]
    [TestCase("cmd_a.o := ld -m elf_x86_64 -r -o a.o @a.mod", CommandKind.Link)]
    [TestCase("cmd_a.o := s390x-linux-gnu-ld.bfd -r -o a.o b.o c.o", CommandKind.Link)]
    [TestCase("cmd_a.o := objcopy -S --prefix-symbols=__efistub_ a.tmp.o a.o", CommandKind.Link)]
    [TestCase("cmd_built-in.a := rm -f built-in.a;  ar cDPrST built-in.a a.o", CommandKind.Link)]
    [TestCase("cmd_a.o := gcc -r -o a.o b.o", CommandKind.Link)]
    [TestCase("cmd_a.o := g++ -c -o a.o a.cc", CommandKind.Other)]
    [TestCase("cmd_a.o := rustc --emit=obj=a.o a.rs", CommandKind.Other)]
    [TestCase("cmd_a.o := touch a.o", CommandKind.Other)]
    [TestCase("cmd_a.o := ", CommandKind.Other)]
    [TestCase("cmd_a.o := set -e; echo CC; gcc -D__KERNEL__ -c -o a.o a.c; objcopy -S a.o; strip a.o", CommandKind.CCompile)]
    [TestCase("cmd_a.o := sh -c 'gcc -c a.c'", CommandKind.Other)]
    public void The_kind_is_told(string line, CommandKind kind) =>
        Assert.That(Parse(line, "/t/.a.o.cmd")!.Kind, Is.EqualTo(kind));

    [TestCase("ccache gcc-12", "ccache", "gcc-12")]
    [TestCase("/usr/bin/distcc x86_64-linux-gnu-gcc", "/usr/bin/distcc", "x86_64-linux-gnu-gcc")]
    [TestCase("LC_ALL=C ccache gcc", "LC_ALL=C ccache", "gcc")]
    [TestCase("env A=b gcc", "env A=b", "gcc")]
    [TestCase("scripts/gcc-wrapper.py /opt/bin/aarch64-none-elf-gcc-13.2", "scripts/gcc-wrapper.py", "/opt/bin/aarch64-none-elf-gcc-13.2")]
    [TestCase("/opt/kpatch/kpatch-cc gcc", "/opt/kpatch/kpatch-cc", "gcc")]
    [TestCase("kpatch-cc ccache x86_64-linux-gnu-gcc-12", "kpatch-cc ccache", "x86_64-linux-gnu-gcc-12")]
    [TestCase("my-gcc my-cc --trace gcc", "my-gcc my-cc --trace", "gcc")]
    [TestCase("python3 /w/gcc-wrapper.py gcc", "python3 /w/gcc-wrapper.py", "gcc")]
    [TestCase("env CC=/usr/bin/gcc-9 -u X nice -n 19 gcc", "env CC=/usr/bin/gcc-9 -u X nice -n 19", "gcc")]
    [TestCase("launch --compiler=/usr/bin/gcc-9 -B/opt/gcc gcc", "launch --compiler=/usr/bin/gcc-9 -B/opt/gcc", "gcc")]
    [TestCase("icecc --tag cc gcc", "icecc --tag cc", "gcc")]
    [TestCase("/bin/bash ./libtool --silent --tag=CC --mode=compile gcc", "/bin/bash ./libtool --silent --tag=CC --mode=compile", "gcc")]
    [TestCase("gcc -idirafter cc -DX=gcc", "", "gcc")]
    [TestCase("ccache", "", "ccache")]
    [TestCase("gcc", "", "gcc")]
    public void Wrappers_are_kept_apart(string start, string wrapper, string compiler)
    {
        var command = Parse($"cmd_a.o := {start} {Kernel} -c -o a.o a.c", "/t/.a.o.cmd")!;
        Assert.That(string.Join(' ', command.Wrapper), Is.EqualTo(wrapper));
        Assert.That(command.Compiler, Is.EqualTo(compiler));
        Assert.That(command.Source, Is.EqualTo("a.c"));
    }

    [TestCase("gcc -O2 -c -o cc a.c")]
    [TestCase("gcc -O2 -x c -c cc -o a.o")]
    [TestCase("gcc -O2 -c a.c cc gcc")]
    public void A_name_that_is_no_launcher_leaves_the_compiler(string line) =>
        Assert.That(Parse($"cmd_a.o := {line}", "/t/.a.o.cmd")!.Wrapper, Is.Empty);

    [TestCase("a.o", "/t/.a.o.cmd", "/t")]
    [TestCase("d/e/a.o", "/t/d/e/.a.o.cmd", "/t")]
    [TestCase("./d/a.o", "/t/d/.a.o.cmd", "/t")]
    [TestCase("d/a.o", "/d/.a.o.cmd", "/")]
    [TestCase("d/a.o", "/xd/.a.o.cmd", null)]
    [TestCase("d/a.o", "/t/e/.a.o.cmd", null)]
    [TestCase("../t/a.o", "/t/.a.o.cmd", null)]
    [TestCase("/t/a.o", "/t/.a.o.cmd", null)]
    public void The_working_directory_is_what_precedes_the_target(string target, string file, string? expected) =>
        Assert.That(Parse($"cmd_{target} := gcc -c -o {target} a.c", file)!.WorkingDirectory, Is.EqualTo(expected));

    [TestCase("-fdump-ipa-clones", true, null)]
    [TestCase("-fdump-ipa-clones=d/f.txt", true, "d/f.txt")]
    [TestCase("-fdump-ipa-clones-details", true, null)]
    [TestCase("-fdump-ipa-all", true, null)]
    [TestCase("-fdump-ipa-all-details", true, null)]
    [TestCase("-fdump-ipa-clonesx", false, null)]
    [TestCase("-fdump-ipa-cp", false, null)]
    [TestCase("-DX=-fdump-ipa-clones", false, null)]
    [TestCase("-Xassembler -fdump-ipa-clones", false, null)]
    public void The_dump_option_is_told(string flag, bool dumps, string? file)
    {
        var command = Parse($"cmd_a.o := gcc {Kernel} {flag} -c -o a.o a.c", "/t/.a.o.cmd")!;
        Assert.That((command.DumpsClones, command.CloneDumpFile), Is.EqualTo((dumps, file)));
    }

    [TestCase("-flto", true)]
    [TestCase("-flto=auto -fno-fat-lto-objects", true)]
    [TestCase("-flto -fno-lto", false)]
    [TestCase("-fno-lto -flto=4", true)]
    [TestCase("-flto-partition=none", false)]
    public void The_last_lto_option_wins(string flags, bool isLto) =>
        Assert.That(Parse($"cmd_a.o := gcc {Kernel} {flags} -c -o a.o a.c", "/t/.a.o.cmd")!.IsLto, Is.EqualTo(isLto));

    [TestCase("")]
    [TestCase("deps_a.o := x")]
    [TestCase("cmd_a.o = gcc -c a.c")]
    [TestCase("cmd_ := gcc -c a.c")]
    [TestCase("cmd_a.o := gcc -DX='a -c a.c")]
    public void What_is_no_record_is_reported(string line)
    {
        var bag = new DiagnosticBag();
        Assert.That(KbuildCommandReader.Parse(Encoding.UTF8.GetBytes(line), "/t/.a.o.cmd", bag), Is.Null);
        Assert.That(bag.Select(d => (d.Code, d.File, d.Line)), Is.EqualTo([(DiagnosticCatalog.KbuildCommand.Code, "/t/.a.o.cmd", 1)]));
    }

    [Test]
    public void Only_the_first_line_counts_however_long()
    {
        using var files = new TemporaryTree();
        var flags = string.Concat(Enumerable.Range(0, 20_000).Select(i => $" -DM{i}"));
        var path = files.Write(".a.o.cmd", $"cmd_a.o := gcc {Kernel}{flags} -c -o a.o a.c\n\nsource_a.o := 'unclosed\n" + new string('x', 1 << 20));
        var bag = new DiagnosticBag();
        Assert.That(KbuildCommandReader.Read(path, bag)!.Words, Has.Length.EqualTo(20_006));
        Assert.That(bag, Is.Empty);
    }

    [Test]
    public void What_the_kernels_tools_write_without_fixdep_is_read_behind_its_comment()
    {
        using var files = new TemporaryTree();
        var path = files.Write(
            ".fixdep.o.cmd",
            "# cannot find fixdep (/out/tools/objtool//fixdep)\n# using basic dep data\n\nfixdep.o: fixdep.c /usr/include/stdio.h \\\n /usr/include/x.h\n\n"
            + "cmd_fixdep.o := gcc -Wp,-MD,.fixdep.o.d -D\"BUILD_STR(s)=$(pound)s\" -c -o fixdep.o fixdep.c\n");
        var bag = new DiagnosticBag();
        Assert.That(KbuildCommandReader.Read(path, bag)?.Kind, Is.EqualTo(CommandKind.Host));
        Assert.That(bag, Is.Empty);

        path = files.Write(".b.o.cmd", "# only a comment");
        Assert.That(KbuildCommandReader.Read(path, bag), Is.Null);
        Assert.That(bag.Single().Code, Is.EqualTo("IPA3005"));
    }

    [Test]
    public void A_missing_file_is_reported()
    {
        var bag = new DiagnosticBag();
        Assert.That(KbuildCommandReader.Read("/does/not/exist/.a.o.cmd", bag), Is.Null);
        Assert.That(bag.Single().Descriptor, Is.EqualTo(DiagnosticCatalog.FileUnreadable));
    }

    private static KbuildCommand? Parse(string line, string path)
    {
        var bag = new DiagnosticBag();
        var command = KbuildCommandReader.Parse(Encoding.UTF8.GetBytes(line), path, bag);
        Assert.That(bag, Is.Empty);
        return command;
    }
}
