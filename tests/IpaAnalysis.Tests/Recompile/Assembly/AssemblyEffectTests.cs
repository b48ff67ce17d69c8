using System.Text.RegularExpressions;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>A body that is hidden shows in the code of exactly those functions that used something about it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AssemblyEffectTests
{
    private const string Bystander = "\nint bystander(int a) { return a * 7; }";

    [TestCase("int sink; __attribute__((noinline)) static int f(int x) { return sink + x * 3; } int g(int a, int b) { int r = f(a); return r + b + sink * a; }",
        "-fno-ipa-ra -fno-ipa-modref -fno-ipa-pure-const -fno-ipa-reference -fno-ipa-stack-alignment", "g", TestName = "Clobbered registers")]
    [TestCase("int v, w; __attribute__((noinline)) static void f(int *p) { v = *p; } int g(int *p) { w = 5; f(p); return w; }",
        "-fno-ipa-modref -fno-ipa-pure-const -fno-ipa-reference -fno-ipa-ra -fno-ipa-sra -fno-ipa-stack-alignment -fno-ipa-cp", "g", TestName = "Written memory")]
    [TestCase("int q; __attribute__((noinline)) void f(void) { q++; } int g(int a) { f(); return 3; }", "-fno-ipa-stack-alignment -fno-ipa-ra", "g", TestName = "Stack alignment")]
    [TestCase("__attribute__((noinline)) static int f(int x) { return x * x + 7; } int g(int a) { int s = 0; for (int i = 0; i < a; i++) s += f(a); return s; }",
        "-fno-ipa-pure-const -fno-ipa-ra -fno-ipa-modref -fno-ipa-reference -fno-ipa-stack-alignment", "g", TestName = "Pure functions")]
    [TestCase("void abort(void) __attribute__((noreturn)); void e(void); __attribute__((noinline)) static void f(void) { e(); abort(); } int g(int a) { if (a) f(); return a + 1; }",
        "", "g", TestName = "No return")]
    [TestCase("void e(int); __attribute__((noinline)) static int f(int x, int y) { e(x); return x + y; } int g(int a) { return f(3, a) + 1; } int h(int a) { return f(3, a) * 2; }",
        "-fno-ipa-cp -fno-ipa-sra -fno-ipa-ra -fno-ipa-stack-alignment -fno-ipa-modref", "g h", TestName = "Constants propagated")]
    public void Of_a_callee(string source, string off, string differing)
    {
        var hidden = Regex.Replace(source + Bystander, @"\bf(?=\([^()]*\) \{)", "__attribute__((__noipa__)) f");
        string[] Found(string flags) => [.. AssemblyTexts.Differing(AssemblyTexts.Read("gcc", flags, source + Bystander), AssemblyTexts.Read("gcc", flags, hidden)).Where(n => n != "f")];

        Assert.That(Found("-O2"), Is.EqualTo(differing.Split(' ')));
        if (off != "")
        {
            Assert.That(Found("-O2 " + off), Is.Empty);
        }
    }

    [TestCase("gcc-11", "")]
    [TestCase("aarch64-linux-gnu-gcc", " -fno-section-anchors")]
    [TestCase("s390x-linux-gnu-gcc", " -fno-section-anchors")]
    [TestCase("powerpc64le-linux-gnu-gcc", " -fno-section-anchors")]
    public void With_other_compilers(string compiler, string flags)
    {
        const string Source = """
            void e(int); int q[100];
            static int f(int x) { if (x < 0) return 0; e(x); e(x + 1); e(x + 2); for (int i = 0; i < x; i++) q[i] = x * i; e(9); return x; }
            int g(int a) { return f(a) + 1; } int h(int a) { return f(a + 3) + 1; }
            """;
        var hidden = Source.Replace("int f(", "int __attribute__((__noipa__)) f(", StringComparison.Ordinal);

        Assert.That(
            AssemblyTexts.Differing(AssemblyTexts.Read(compiler, "-O2" + flags, Source + Bystander), AssemblyTexts.Read(compiler, "-O2" + flags, hidden + Bystander)).Where(n => n != "f"),
            Is.EqualTo((string[])["g", "h"]));
    }

    [Test]
    public void Identical_functions_that_no_longer_share_a_body()
    {
        const string Source = "int q; void e(int); __attribute__((noinline)) static void f(int x) { e(x); q = x; e(3); } __attribute__((noinline)) static void g(int x) { e(x); q = x; e(3); }"
            + " int a(void) { f(1); f(2); return 1; } int b(void) { g(1); g(2); return 2; }";
        var comparison = IpaAnalysis.Recompile.Assembly.AssemblyComparer.Compare(
            AssemblyTexts.Read("gcc", "-O2", Source), AssemblyTexts.Read("gcc", "-O2", Source.Replace("void f(", "void __attribute__((__noipa__)) f(", StringComparison.Ordinal)));

        Assert.That(comparison.SharedBodyChanges.Select(c => (c.Symbol, c.BaselineTarget, c.VariantTarget)), Is.EqualTo(((string, string?, string?)[])[("g", "f", null)]));
    }
}
