namespace IpaAnalysis.Tests.Recompile;

/// <summary>What only shows that variables lie elsewhere behind a section anchor is never confirmed; what else differs is.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class SectionAnchorTests
{
    // The variable that f uses comes first once f has code of its own.
    private const string Moved = """
        static int va, vb, vc; int other(int);
        static inline int f(int x) { va += x; return va * 3; }
        int g(int x) { vb += x; return vb + other(x); }
        int h(int x) { vc++; return f(x) + vc; }
        int k(int x) { return vb + other(va + x); }

        """;

    private const string Pure = """
        static int va, vb, vc; int other(int);
        static __attribute__((noinline)) int f(int x) { return x * 3 + va; }
        int g(int x) { vb += x; return f(x) + f(x); }
        int h(int x) { vc++; va = x; return vc; }

        """;

    [TestCase("aarch64-linux-gnu-gcc", "-O2")]
    [TestCase("aarch64-linux-gnu-gcc", "-Os")]
    [TestCase("s390x-linux-gnu-gcc", "-O2")]
    [TestCase("powerpc64le-linux-gnu-gcc", "-O2")]
    public void Other_places_of_variables_are_not_confirmed(string compiler, string flags)
    {
        using var unit = new RecompiledUnit(compiler, flags, Moved);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.ConfirmedFacts, Is.Empty);
        Assert.That(answer.Confirmed, Is.EqualTo(new Dictionary<string, bool> { ["h"] = true }));
    }

    [TestCase("aarch64-linux-gnu-gcc")]
    [TestCase("gcc")]
    public void A_fact_is_confirmed(string compiler)
    {
        using var unit = new RecompiledUnit(compiler, PassCases.Flags("ipa-pure-const"), Pure);
        Assert.That(unit.Ask("f").ConfirmedFacts, Is.EqualTo(new[] { "g" }));
    }
}
