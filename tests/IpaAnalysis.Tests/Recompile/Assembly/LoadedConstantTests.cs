using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>Of a constant only what an instruction loads is compared: GCC puts small ones into larger ones.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class LoadedConstantTests
{
    private const string Own = ".LC0:\n\t.long 1\n\t.long 1\n";
    private const string Merged = ".LC1:\n\t.long 1\n\t.long 1\n\t.long 7\n\t.long 9\n\t.set .LC0,.LC1\n";
    private const string MergedBehind = ".LC1:\n\t.quad 7\n\t.long 1\n\t.long 1\n\t.quad 8\n\t.set .LC0,.LC1+8\n";
    private const string MergedElsewhere = ".LC1:\n\t.quad 7\n\t.long 1\n\t.long 1\n\t.quad 8\n\t.set .LC0,.LC1+4\n";
    private const string Other = ".LC0:\n\t.long 1\n\t.long 2\n";

    [TestCase("movq .LC0(%rip), %xmm0", Own, Merged, false)]
    [TestCase("movq .LC0(%rip), %xmm0", Merged, MergedBehind, false)]
    [TestCase("frob .LC0(%rip), %xmm0", Own, Merged, false, TestName = "A width that is not known, but no more than the smaller has")]
    [TestCase("frob .LC0(%rip), %xmm0", Merged, MergedBehind, true, TestName = "A width that is not known")]
    [TestCase("movq .LC0, %xmm0", Own, MergedBehind, false)]
    [TestCase("movq .LC0(%rip), %xmm0", Own, MergedElsewhere, true)]
    [TestCase("movq .LC0(%rip), %xmm0", Own, Other, true)]
    [TestCase("movss .LC0(%rip), %xmm0", Own, Other, false)]
    [TestCase("vaddss .LC0(%rip), %xmm1, %xmm0", Merged, Other, false)]
    [TestCase("cvtsd2ss .LC0(%rip), %xmm0", Own, Other, true)]
    [TestCase("leaq .LC0(%rip), %rdi", Own, Merged, true, TestName = "An address")]
    [TestCase("movq $.LC0, %rdi", Own, Merged, true, TestName = "An address as a value")]
    [TestCase("nop; .pushsection .x; .quad .LC0; .popsection", Own, Merged, true, TestName = "An address in data")]
    public void X64(string instruction, string first, string second, bool differs) => Check(instruction, first, second, ElfMachine.X64, differs);

    [TestCase("adrp x0, .LC0; ldr d0, [x0, #:lo12:.LC0]", Own, Merged, false)]
    [TestCase("adrp x0, .LC0; ldr s0, [x0, #:lo12:.LC0]", Merged, MergedBehind, true, TestName = "The page of an address")]
    [TestCase("adrp x0, .LC0; add x0, x0, :lo12:.LC0", Own, Merged, true, TestName = "An address in two steps")]
    [TestCase("adrp x0, .LC0; ldr d0, [x0, #:lo12:.LC0]", Own, Other, true)]
    public void AArch64(string instruction, string first, string second, bool differs) => Check(instruction, first, second, ElfMachine.AArch64, differs);

    [Test]
    public void A_text_that_looks_like_bytes_is_none()
    {
        static string Text(string text) => $".LC0:\n\t.string \"{text}\"\n" + AssemblyTexts.Functions(("f", "\tmovq .LC0(%rip), %xmm0"));
        Assert.That(AssemblyTexts.Differing(Text("{bytes 00}"), Text("{bytes 0000}")), Is.EqualTo((string[])["f"]));
    }

    [TestCase("gcc", "-O3")]
    [TestCase("gcc", "-O3 -mavx2 -mcmodel=kernel -fno-pic")]
    [TestCase("gcc-11", "-O3")]
    [TestCase("aarch64-linux-gnu-gcc", "-O3")]
    public void A_larger_constant_elsewhere_is_no_difference(string compiler, string flags)
    {
        const string Source = """
            static inline int f(int x) { int s = 0; for (int i = 0; i < 3; i++) s += x; return s; }
            void two(int *p) { p[0] = 1; p[1] = 1; }
            void four(int *p) { p[0] = 1; p[1] = 1; p[2] = f(5) / 15; p[3] = f(7) / 21; }
            double scale(double d) { return d * 2.5; }
            void scales(double *d) { d[0] = 2.5; d[1] = f(5) / 15 * 3.5; d[2] = 2.5; d[3] = f(5) / 5 * 1.5; }

            """;
        using var unit = new RecompiledUnit(compiler, flags, Source);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.Empty);
        Assert.That(answer.Confirmed.Keys, Is.EquivalentTo(new[] { "four", "scales" }));
    }

    private static void Check(string instruction, string first, string second, ElfMachine machine, bool differs)
    {
        string Text(string constants) => constants + AssemblyTexts.Functions(("f", "\t" + instruction.Replace("; ", "\n\t", StringComparison.Ordinal)));
        Assert.That(AssemblyTexts.Differing(AssemblyTexts.Read(Text(first), machine), AssemblyTexts.Read(Text(second), machine)), Is.EqualTo(differs ? ["f"] : (string[])[]));
        Assert.That(AssemblyTexts.Differing(AssemblyTexts.Read(Text(second), machine), AssemblyTexts.Read(Text(first), machine)), Is.EqualTo(differs ? ["f"] : (string[])[]));
    }
}
