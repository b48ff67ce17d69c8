using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Passes;

namespace IpaAnalysis.Tests.Compilers;

/// <summary>A pass is taken away from a compiler's table just where switching it off leaves the code as it is.</summary>
[TestFixture("gcc")]
[TestFixture("gcc-11")]
[TestFixture("aarch64-linux-gnu-gcc")]
[TestFixture("s390x-linux-gnu-gcc")]
internal sealed class CorrectionTests(string compiler)
{
    private const string Registers = """
        static __attribute__((noinline, noclone)) void leaf(void) { __asm__ volatile (""); }
        long caller(long a, long b, long c, long d) { leaf(); return a + b * c - d; }
        """;

    private const string Values = """
        static __attribute__((noinline, noclone)) int bits(int x) { return x & 1 ? 7 : x; }
        static __attribute__((noinline, noclone)) int range(unsigned x) { return x > 10 ? 7 : x; }
        int first(int v, unsigned c) { return bits(v * 2) + range(5 + c % 6); }
        int second(int v, unsigned c) { return bits(v * 4 + 2) - range(4 + c % 5); }
        static __attribute__((noinline, noclone)) int result(int x) { return x & 7; }
        int third(int x) { return result(x) > 9 ? 7 : 3; }
        """;

    private const string Clones = """
        int g; void external(int);
        static int add(int a) { return a + g; }
        static inline int twice(int a) { return a + a; }
        static inline __attribute__((always_inline)) int always(int a) { return a - g; }
        static __attribute__((noinline)) int constant(int k, int unused) { for (int i = 0; i < k; i++) external(i); return 3; }
        static int part(int k) { if (k < 0) return 1; for (int i = 0; i < k; i++) { external(i); external(2 * i); external(k); } return 0; }
        int first(int a) { return add(a) + twice(a) + constant(3, a) + always(a); }
        int second(int a) { return add(2 * a) + constant(3, 2 * a) + part(a) + part(2 * a); }
        """;

    [TestCase("-O2", true)]
    [TestCase("-O1 -fipa-ra", true)]
    [TestCase("-O2 -pg", false)]
    [TestCase("-O2 -p", false)]
    [TestCase("-O2 --profile", false)]
    [TestCase("-O2 -fpatchable-function-entry=16,14", false)]
    [TestCase("-O2 -fpatchable-function-entry=0x2", false)]
    [TestCase("-O2 -fpatchable-function-entry=0 -fpatchable-function-entry=2", false)]
    [TestCase("-O2 -fpatchable-function-entry=0", true)]
    [TestCase("-O2 -fpatchable-function-entry=2 -fpatchable-function-entry=0,0", true)]
    public void Ipa_ra_is_off_under_a_profiler_and_with_room_to_patch(string flags, bool acts) => Check("ipa-ra", Registers, flags, acts, compiler != "s390x-linux-gnu-gcc");

    [TestCase("-O2 -mfentry", true)]
    [TestCase("-O2 -pg -mfentry", false)]
    [TestCase("-O2 -pg -mfentry -mrecord-mcount", false)]
    public void Ipa_ra_is_off_by_pg_and_not_by_mfentry(string flags, bool acts)
    {
        if (compiler != "aarch64-linux-gnu-gcc")
        {
            Check("ipa-ra", Registers, flags, acts, compiler != "s390x-linux-gnu-gcc");
        }
        else
        {
            Assert.That(Enabled(flags).Problem, Does.Contain("-mfentry"), "not on this target");
        }
    }

    [TestCase("ipa-bit-cp", "-O2", true)]
    [TestCase("ipa-bit-cp", "-O2 -fno-ipa-cp", false)]
    [TestCase("ipa-vrp", "-O2", true)]
    [TestCase("ipa-vrp", "-O2 -fno-ipa-cp", false)]
    [TestCase("ipa-vrp", "-O3 -fno-ipa-cp -fipa-vrp -fipa-bit-cp", false)]
    public void What_propagates_with_ipa_cp_does_nothing_without(string pass, string flags, bool acts) =>
        // GCC 14 keeps the ranges of what functions return, which ipa-cp has no part in.
        Check(pass, Values, flags, acts || (pass == "ipa-vrp" && Asked.Compiler(compiler).Major >= 14));

    [Test]
    public void Copies_are_made_only_when_optimising()
    {
        var passes = IpaPasses.All.Where(p => p.Leaves is not null || p.Requires == "inline" || p.Name == "early-inlining").Where(p => p.Since <= Asked.Compiler(compiler).Major).ToArray();
        var all = string.Join(' ', passes.Select(p => p.Option));
        Assert.That(Enabled($"-O0 {all}").Enabled.Intersect(passes.Select(p => p.Name)), Is.Empty);
        Assert.That(Enabled(all).Enabled.Intersect(passes.Select(p => p.Name)), Is.Empty, "no level is -O0");
        Assert.That(Enabled($"-O1 {all}").Enabled, Is.SupersetOf(passes.Select(p => p.Name)));
        Assert.That(Code(Clones, $"-O0 {all}"), Is.EqualTo(Code(Clones, "-O0 " + string.Join(' ', passes.Select(p => p.Negation)))));
        Assert.That(Code(Clones, $"-O1 {all}"), Is.Not.EqualTo(Code(Clones, "-O1 " + string.Join(' ', passes.Select(p => p.Negation)))));
    }

    [Test]
    public void Ipa_icf_is_what_it_switches()
    {
        Assert.That(Enabled("-O2 -fno-ipa-icf-functions").Enabled, Contains.Item("ipa-icf").And.Contains("ipa-icf-variables").And.No.Member("ipa-icf-functions"));
        Assert.That(Enabled("-O2 -fno-ipa-icf-functions -fno-ipa-icf-variables").Enabled, Has.No.Member("ipa-icf"));
    }

    private void Check(string pass, string source, string flags, bool acts, bool isOnTarget = true)
    {
        var enabled = Enabled(flags);
        Assert.That(enabled.Problem, Is.Null);
        Assert.That(enabled.Enabled.Contains(pass), Is.EqualTo(acts));

        // The S/390 port never tells which registers a function uses; a later GCC may, so that ipa-ra stays reported.
        Assert.That(Code(source, flags) != Code(source, $"{flags} {IpaPasses.Find(pass)!.Negation}"), Is.EqualTo(acts && isOnTarget), "the code itself");
    }

    private ObjectOptions Enabled(string flags) => Asked.Ask(Asked.Record(Asked.Compiler(compiler).Path, flags, isTrusted: true));

    private string Code(string source, string flags)
    {
        using var tree = new TemporaryTree();
        tree.Write("x.c", source);
        tree.Run("", Tools.Require(compiler), [.. flags.Split(' '), "-S", "x.c", "-o", "x.s"]);
        return File.ReadAllText(tree["x.s"]);
    }
}
