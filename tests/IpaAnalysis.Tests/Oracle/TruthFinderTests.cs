namespace IpaAnalysis.Tests.Oracle;

internal sealed class TruthFinderTests
{
    private const string Text = """
        extern int elsewhere(int);
        static __attribute__((__noinline__)) int leaf(int a) { return a * 3 + 1; }
        int trusts(int a) { int x = elsewhere(a); return leaf(x) + leaf(a) + x; }
        int inlined(int *p) { *p = 3; return 0; }
        int holds(int a) { int q; inlined(&q); return q + a; }
        static int old_style(a, b) int a; int b; { return elsewhere(a) - b; }
        int holds_old(int a) { return old_style(a, 2); }
        static inline __attribute__((__always_inline__)) int forced(int a) { return a + 7; }
        int must_hold(int a) { return forced(a); }
        int (*gives(int a))(int) { return a ? leaf : elsewhere; }
        int apart(int a) { return elsewhere(a) * 2; }

        """;

    [TestCase("leaf", "trusts")]
    [TestCase("inlined", "holds")]
    [TestCase("old_style", "holds_old")]
    [TestCase("gives")]
    [TestCase("apart")]
    [TestCase("trusts")]
    public void A_hidden_body_changes_what_relied_on_it(string function, params string[] dependants)
    {
        using var unit = new OracleUnit(Text);
        Assert.That(unit.DependantsOf(function), Is.EqualTo(dependants));
    }

    [Test]
    public void What_must_be_inlined_cannot_be_hidden()
    {
        using var unit = new OracleUnit(Text);
        Assert.That(unit.DependantsOf("forced"), Is.Null);
    }

    [Test]
    public void Without_the_pass_nothing_relies_on_it()
    {
        using var unit = new OracleUnit(Text, "-fno-ipa-ra", "-fno-ipa-stack-alignment", "-fno-ipa-pure-const", "-fno-ipa-modref");
        Assert.That(unit.DependantsOf("leaf"), Is.Empty);
    }

    [Test]
    public void The_compiler_names_the_functions()
    {
        using var unit = new OracleUnit(Text);
        Assert.That(
            unit.Prepared.Functions.Select(f => f.IsStatic ? "static " + f.Name : f.Name),
            Is.EqualTo((string[])
            [
                "static leaf", "trusts", "inlined", "holds", "static old_style", "holds_old", "static forced", "must_hold", "gives", "apart",
            ]));
    }
}
