using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Assembly.Reading;
using IpaAnalysis.Recompile.Assembly.Units;
using IpaAnalysis.Tests.Compilers;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>Two compiles whose functions are the same show no difference, however much was renumbered.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AssemblyNullTests
{
    [TestCase("gcc", "-O2")]
    [TestCase("gcc", "-O2 -fPIC -fcf-protection")]
    [TestCase("gcc", "-O3 -mavx2 -ffunction-sections -fdata-sections")]
    [TestCase("gcc", "-O2 -fno-pic -mcmodel=kernel -pg -mfentry -mrecord-mcount -mindirect-branch=thunk -mfunction-return=thunk-extern")]
    [TestCase("gcc", "-Os -fpatchable-function-entry=16,16 -fexceptions")]
    [TestCase("gcc-11", "-O2")]
    [TestCase("gcc-11", "-O2 -fno-pic -mcmodel=kernel -pg -mfentry -mrecord-mcount")]
    [TestCase("aarch64-linux-gnu-gcc", "-O2 -fno-section-anchors")]
    [TestCase("aarch64-linux-gnu-gcc", "-O2 -fno-section-anchors -mcmodel=large -fno-pic")]
    [TestCase("s390x-linux-gnu-gcc", "-O2 -fno-section-anchors")]
    [TestCase("s390x-linux-gnu-gcc", "-O2 -fno-section-anchors -march=z10 -mhotpatch=1,2")]
    [TestCase("powerpc64le-linux-gnu-gcc", "-O2 -fno-section-anchors")]
    [TestCase("powerpc64le-linux-gnu-gcc", "-O2 -fno-section-anchors -mcmodel=small")]
    public void A_function_comes_before_after_or_moves(string compiler, string flags)
    {
        var program = GeneratedProgram.Of(120, inlineAssembly: true);
        var plain = AssemblyTexts.Read(compiler, flags, program);
        var before = AssemblyTexts.Read(compiler, flags, AssemblyTexts.Probe + program);
        var after = AssemblyTexts.Read(compiler, flags, program + AssemblyTexts.Probe);

        Assert.That(plain.Functions, Has.Length.GreaterThan(80));
        Assert.That(plain.NotUnderstood, Is.Empty);
        var added = AssemblyComparer.Compare(plain, before);
        Assert.That(added.Differences.Select(d => d.Origin + "\n" + d.Diff), Is.Empty);
        Assert.That(added.VariantOnly, Does.Contain("probe"));
        Assert.That(added.NotExact, Is.Empty);
        Assert.That(AssemblyTexts.Differing(plain, after), Is.Empty);
        Assert.That(AssemblyTexts.Differing(before, after), Is.Empty);
        Assert.That(AssemblyComparer.Compare(before, after).Compared, Does.Contain("probe"));
    }

    [TestCase("gcc")]
    [TestCase("aarch64-linux-gnu-gcc")]
    [TestCase("s390x-linux-gnu-gcc")]
    [TestCase("powerpc64le-linux-gnu-gcc")]
    public void A_constant_follows_assembly_outside_functions(string compiler)
    {
        // The compiler marks the end of the assembly only behind the constant, as the kernel's exported symbols make it do.
        const string Source = """
            __asm__(".pushsection .discard.table, \"a\"\n\t.long 7\n\t.popsection\n");
            extern int elsewhere(const char *, double);
            int first(double d) { return elsewhere("a text", d * 3.25); }
            int second(double d) { return elsewhere("another text", d * 4.5); }
            """;
        var plain = AssemblyTexts.Read(compiler, "-O2", Source);
        var probed = AssemblyTexts.Read(compiler, "-O2", AssemblyTexts.Probe + Source);
        var comparison = AssemblyComparer.Compare(plain, probed);
        Assert.That(comparison.NotExact, Is.Empty);
        Assert.That(comparison.Differences.Select(d => d.Origin + "\n" + d.Diff), Is.Empty);
        Assert.That(AssemblyTexts.Differing(plain, AssemblyTexts.Read(compiler, "-O2", Source.Replace("\"a text", "\"b text", StringComparison.Ordinal))), Is.EqualTo(new[] { "first" }));
    }

    // What remains: other instructions for other offsets, such as two loads instead of that of a pair. GCC 14 looks for pairs twice more.
    [TestCase("aarch64-linux-gnu-gcc", 5, 13)]
    [TestCase("s390x-linux-gnu-gcc", 2, 2)]
    [TestCase("powerpc64le-linux-gnu-gcc", 4, 4)]
    public void Variables_that_section_anchors_are_for_change_their_places(string compiler, int before14, int since14)
    {
        var remaining = Asked.Compiler(compiler).Major >= 14 ? since14 : before14;
        var program = GeneratedProgram.Of(120, inlineAssembly: true);
        var plain = AssemblyTexts.Read(compiler, "-O2", program);

        Assert.That(plain.UsesSectionAnchors, Is.True);
        Assert.That(plain.NotUnderstood, Is.Empty);
        foreach (var text in (string[])[program + AssemblyTexts.Probe, AssemblyTexts.Probe + program])
        {
            var moved = AssemblyTexts.Read(compiler, "-O2", text);
            Assert.That(AssemblyTexts.Differing(plain, moved), Has.Length.LessThanOrEqualTo(remaining));
            Assert.That(AssemblyTexts.Differing(moved, plain), Has.Length.LessThanOrEqualTo(remaining));
        }

        Assert.That(AssemblyTexts.Read(compiler, "-O2 -fno-section-anchors", program).UsesSectionAnchors, Is.False);
    }

    [TestCase("gcc", "-O2")]
    [TestCase("aarch64-linux-gnu-gcc", "-O2 -fno-section-anchors")]
    public void A_change_in_one_function_is_in_no_other(string compiler, string flags)
    {
        var program = GeneratedProgram.Of(60, inlineAssembly: false).Replace("int f59(int x) {", "int f59(int x) { if (x == 4) puts(\"more\");", StringComparison.Ordinal);
        var comparison = AssemblyComparer.Compare(
            AssemblyTexts.Read(compiler, flags + " -fno-ipa-ra", GeneratedProgram.Of(60, inlineAssembly: false) + "int last(int x) { return f59(x); }"),
            AssemblyTexts.Read(compiler, flags + " -fno-ipa-ra", program + "int last(int x) { return f59(x); }"));

        Assert.That(comparison.Differences.Select(d => d.Origin), Is.EqualTo((string[])["f59"]));
        Assert.That(comparison.Differences[0].Diff, Does.Contain("\n-").And.Contains("\n+"));
    }

    [Test]
    public void A_kernel_unit_with_the_installed_headers()
    {
        var headers = Tools.RequireKernelHeaders();
        using var tree = new TemporaryTree("ipa-tree-");
        foreach (var file in (string[])["main.c", "ring.c", "format.c", "packetlog.h"])
        {
            tree.Write(file, File.ReadAllText(RepositoryFile.PathOf($"tests/Samples/KernelModule/module/{file}")));
        }

        tree.Write("Kbuild", "obj-m := packetlog.o\npacketlog-y := main.o ring.o format.o\n");
        AssemblyUnit Compile(string unit)
        {
            tree.Run("", Tools.Require("make"), "-C", headers, $"M={tree.Path}", "KCFLAGS=-g0 -w", $"{unit}.s");
            return AssemblyReader.Read(File.ReadAllBytes(tree[$"{unit}.s"]), AssemblyTexts.MachineOf("gcc"));
        }

        foreach (var unit in (string[])["main", "ring", "format"])
        {
            var plain = Compile(unit);
            var source = File.ReadAllText(tree[$"{unit}.c"]);
            var probe = AssemblyTexts.Probe.Replace(" + (int)(x * 3.25)", "", StringComparison.Ordinal);
            tree.Write($"{unit}.c", $"#include <linux/module.h>\n{probe}\n#line 1\n{source}");
            var comparison = AssemblyComparer.Compare(plain, Compile(unit));

            Assert.That(plain.Functions, Has.Length.GreaterThan(1), unit);
            Assert.That(comparison.NotExact, Is.Empty);
            Assert.That(comparison.Differences.Select(d => d.Origin + "\n" + d.Diff), Is.Empty, unit);
            Assert.That(comparison.VariantOnly, Does.Contain("probe"));
        }
    }
}
