using System.Collections.Immutable;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>What was not understood concerns what it mentions, where it is sure what belongs to it, and else the whole unit.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SourceGapTests
{
    [TestCase("odd 3 odd3 int g(int a) { return h(a) + v; }", "odd odd3 int g a return h v")]
    [TestCase("odd 3 struct s odd3 *g(struct t *a) { struct u { int x; } y; return h(y); }", "odd struct s odd3 g t a u int x y return h")]
    [TestCase("odd 3 odd3 int g(int) __attribute__((alias(\"f\")));", "odd odd3 int g __attribute__ alias f")]
    [TestCase("odd 3 odd3 int a = 1, b;", "odd odd3 int a b")]
    [TestCase("odd 3 odd3 int a[] = { 1, c };", "odd odd3 int a c")]
    public void A_whole_declaration_concerns_what_it_mentions(string declaration, string words)
    {
        var unit = Scanned.Scan($"int before;\n{declaration}\nint after(void) {{ }}\n");
        var gap = unit.Gaps.Single();

        Assert.That(gap.Words, Is.EqualTo((ImmutableArray<string>?)[.. words.Split(' ').Order(StringComparer.Ordinal)]));
        Assert.That(unit.Definitions.Select(d => d.Name), Is.EqualTo(["before", "after"]));
        Assert.That(gap.MayConcern(new HashSet<string> { "odd3", "q" }), Is.True);
        Assert.That(gap.MayConcern(new HashSet<string> { "after", "q" }), Is.False);
    }

    [TestCase("typedef odd 3 odd3 int T;", TestName = "names_of_types")]
    [TestCase("odd 3 odd3 struct s { int x; } f(void) { }", TestName = "members_of_a_type_and_more")]
    [TestCase("odd 3 odd3 struct __attribute__((packed)) s { int x; } v = { 1 };", TestName = "members_behind_an_attribute")]
    [TestCase("odd 3 odd3 enum { A } v;", TestName = "an_enumeration")]
    [TestCase("odd 3 odd3 int g(a, b) int a; int b; { return a; }", TestName = "old_style_parameters")]
    [TestCase("odd 3 odd3 int g(void) __attribute__((alias(\"f\" \"oo\")));", TestName = "strings_side_by_side")]
    [TestCase("odd 3 odd3 int g(void) __attribute__((alias(\"\\146oo\")));", TestName = "an_escape")]
    [TestCase("odd 3 odd3 int \\u0066;", TestName = "a_universal_name")]
    [TestCase("odd 3 odd3 int g(void) { return 1; ", TestName = "no_end")]
    [TestCase("odd 3 odd3 int a; char *b = \"x\n;", TestName = "a_broken_literal")]
    [TestCase("#pragma weak a = b\n", TestName = "a_pragma")]
    public void What_is_not_sure_concerns_everything(string text)
    {
        var unit = Scanned.Scan($"int before;\n{text}\nint after(void) {{ }}\n");
        Assert.That(unit.Gaps, Is.Not.Empty);
        Assert.That(unit.Gaps.Any(g => g.MayConcern(new HashSet<string> { "unrelated" })), Is.True);
    }

    [Test]
    public void What_a_gap_mentions_may_be_reached()
    {
        const string Text = "static int f(int a) { return a; }\nstatic int h(int a) { return f(a); }\nodd 3 odd3 int g(int a) { return h(a); }\nstatic int k(void) { }\n";
        var bytes = System.Text.Encoding.UTF8.GetBytes(Text);
        var unit = SourceScanner.Scan(bytes);
        var reached = ReachableDefinitions.Find(bytes, unit, name => name == "g");
        Assert.That(reached.Select(d => d.Name), Is.EquivalentTo(["f", "h"]));
    }
}
