using IpaAnalysis.CommandLines.Options;
using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Tests.Recompile;

internal sealed class RecompileFlagsTests
{
    [TestCase("gcc -O2 -c -o a.o a.c", "-O2")]
    [TestCase("gcc -Wp,-MMD,d/.a.o.d -nostdinc -I./x -include ./c.h -D__KERNEL__ -O2 -c -o d/a.o d/a.c", "-nostdinc -I./x -include ./c.h -D__KERNEL__ -O2")]
    [TestCase("gcc -MD -MF x.d -MT x -oout.o -xc -O2 a.c -c", "-O2")]
    [TestCase("gcc -O2 -fdump-ipa-clones -fcallgraph-info=su -save-temps=obj -dumpdir x -fopt-info-inline=f -c a.c", "-O2")]
    [TestCase("gcc -O2 -Wa,-adhln=list -Wa,--noexecstack -Xpreprocessor -MF -Xassembler -a=x -c a.c", "-O2 -Wa,--noexecstack")]
    [TestCase("gcc --param inline-unit-growth=3 -D x -U y -c a.c", "--param inline-unit-growth=3 -D x -U y")]
    [TestCase("gcc", "")]
    [TestCase("gcc -o", "")]
    public void Keeps_what_decides_about_code(string command, string expected)
    {
        var words = command.Split(' ');
        foreach (var isTrusted in (bool[])[false, true])
        {
            Assert.That(string.Join(' ', RerunArguments.Select(words.AsSpan(1), words.FirstOrDefault(w => w.EndsWith(".c", StringComparison.Ordinal)), isTrusted).Words), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Variables_that_nothing_writes_or_reads()
    {
        var (readOnly, writeOnly) = VariableFlags.Read("x\nClearing variable flags: p/23 (read-only) wo/1 (write-only) a/b/0 (read-only)\nother r/1 (read-only)\n"u8);
        Assert.That(readOnly, Is.EquivalentTo(new[] { "p", "a/b" }));
        Assert.That(writeOnly, Is.EquivalentTo(new[] { "wo" }));
    }

    [Test]
    public void Files_of_a_text()
    {
        var text = "# 0 \"a.c\"\n# 0 \"<built-in>\"\n# 1 \"inc/b.h\" 1\nint x; # 7 \"no\"\n# 2 \"/abs/c.h\" 2 3\n#pragma x \"y\"\n"u8;
        Assert.That(LineMarkers.FilesOf(text, "/d"), Is.EquivalentTo(new[] { "/d/a.c", "/d/inc/b.h", "/abs/c.h" }));
    }

    [Test]
    public void Inlining_that_changed_above_a_function()
    {
        var before = Inlinings.Read("Callgraph clone;l;1;a.c;1;1;m;2;a.c;2;1;inlining to\nCallgraph clone;m;2;a.c;2;1;t;3;a.c;3;1;inlining to\nCallgraph clone;u;5;a.c;1;1;v;6;a.c;2;1;inlining to\n"u8);
        var after = Inlinings.Read("Callgraph clone;m;2;a.c;2;1;t;3;a.c;3;1;inlining to\n"u8);
        Assert.That(before.ChangesReaching(after, ["t"]), Is.EqualTo(new[] { "l" }));
        Assert.That(before.ChangesReaching(after, ["v"]), Is.EqualTo(new[] { "u" }));
        Assert.That(before.ChangesReaching(before, ["t"]), Is.Empty);
    }
}
