using IpaAnalysis.Recompile.Assembly;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>Which of a source-level function's bodies count as equal.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AssemblyComparerTests
{
    [TestCase("g=a", "g=a", false)]
    [TestCase("g=a", "g=b", true)]
    [TestCase("g=a", "", false, TestName = "No longer emitted")]
    [TestCase("g=a g.constprop.0=b", "g=a", false, TestName = "A clone no longer emitted")]
    [TestCase("g=a", "g=a g.constprop.0=b", false, TestName = "A clone more")]
    [TestCase("g.constprop.0=b", "g.constprop.0=b g=a", false, TestName = "The original is emitted too")]
    [TestCase("g.isra.0=a", "g=a", true, TestName = "A clone of another kind")]
    [TestCase("g.isra.0=a", "g.isra.3=a", false, TestName = "Another number")]
    [TestCase("g.constprop.0=a g.constprop.1=b", "g.constprop.0=b g.constprop.1=a", false, TestName = "Numbers swapped")]
    [TestCase("g.constprop.0=a g.constprop.1=a", "g.constprop.0=a g.constprop.1=b", true, TestName = "One of two differs")]
    [TestCase("g=a g.part.0=b", "g=a g.part.0=c", true)]
    [TestCase("g.part.0.isra.1=a", "g.part.0=a", true)]
    public void Bodies_are_matched_by_kind_and_code(string baseline, string variant, bool differs)
    {
        static string Text(string bodies) => AssemblyTexts.Functions([("x", "\tnop"), .. bodies.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(b => b.Split('=')).Select(b => (b[0], $"\tcall {b[1]}"))]);

        Assert.That(AssemblyTexts.Differing(Text(baseline), Text(variant)), Is.EqualTo(differs ? ["g"] : (string[])[]));
    }

    [TestCase("call g.isra.0", "call g.isra.3", false)]
    [TestCase("call g.isra.0", "call g.constprop.0", true)]
    [TestCase("call g.isra.0", "call g", true)]
    [TestCase("call g@PLT", "call g", false)]
    [TestCase("call g.localalias", "call g", false)]
    [TestCase("call g.constprop.0\n\tcall g.constprop.0", "call g.constprop.0\n\tcall g.constprop.1", true)]
    [TestCase("movl n.0, %eax\n\tmovl n.1, %eax", "movl n.7, %eax\n\tmovl n.2, %eax", false)]
    [TestCase("movl n.0, %eax\n\tmovl n.1, %eax", "movl n.7, %eax\n\tmovl n.7, %eax", true)]
    [TestCase("call f", "call f.cold", true)]
    [TestCase(".p2align 4", ".p2align 3", true)]
    [TestCase(".L1: jmp .L1", ".L1: jmp .L2; .L2:", true)]
    [TestCase("movl 8(%rdi), %eax", "movl 16(%rdi), %eax", true)]
    public void References_are_compared_without_numbers(string baseline, string variant, bool differs)
    {
        var found = AssemblyTexts.Differing(AssemblyTexts.Functions(("f", "\t" + baseline)), AssemblyTexts.Functions(("f", "\t" + variant)));

        Assert.That(found, Is.EqualTo(differs ? ["f"] : (string[])[]));
    }

    [TestCase("call h", false)]
    [TestCase("call other", true)]
    public void A_function_that_got_its_own_body_is_compared_with_the_one_it_shared(string body, bool differs)
    {
        var shared = AssemblyTexts.Read(AssemblyTexts.Functions(("h", "\tcall h")) + "\t.set g,h\n");
        var own = AssemblyTexts.Read(AssemblyTexts.Functions(("h", "\tcall h"), ("g", "\t" + body.Replace(" h", " g", StringComparison.Ordinal))));

        Assert.That(AssemblyTexts.Differing(shared, own), Is.EqualTo(differs ? ["g"] : (string[])[]));
        Assert.That(AssemblyTexts.Differing(own, shared), Is.EqualTo(differs ? ["g"] : (string[])[]));
        Assert.That(AssemblyComparer.Compare(shared, own).SharedBodyChanges, Is.EqualTo((SharedBodyChange[])[new("g", "h", null)]));
        Assert.That(AssemblyComparer.Compare(shared, shared).SharedBodyChanges, Is.Empty);
    }

    [Test]
    public void An_alias_of_a_function_that_differs_is_not_told_apart()
    {
        static string Text(string body) => AssemblyTexts.Functions(("h", body)) + "\t.set g,h\n";

        Assert.That(AssemblyTexts.Differing(Text("\tnop"), Text("\tcall x")), Is.EqualTo((string[])["h"]));
    }

    [Test]
    public void Sections_and_the_order_of_functions_do_not_count()
    {
        var baseline = AssemblyTexts.Functions(("f", "\tnop"), ("g", "\tcall f"));
        var variant = "\t.section .text.unlikely,\"ax\"\n" + AssemblyTexts.Functions(("g", "\tcall f"), ("f", "\tnop"))
            .Replace(".text\n", ".section .text.startup\n", StringComparison.Ordinal).Replace(".p2align 4", ".p2align 2", StringComparison.Ordinal);

        Assert.That(AssemblyTexts.Differing(baseline, variant), Is.Empty);
    }

    [Test]
    public void The_diff_shows_the_first_place_of_both()
    {
        var difference = AssemblyComparer.Compare(
            AssemblyTexts.Read(AssemblyTexts.Functions(("f.isra.0", "\tnop\n\tcall a\n\tcall b\n\tcall c\n\tcall d"))),
            AssemblyTexts.Read(AssemblyTexts.Functions(("f.isra.1", "\tnop\n\tcall a\n\tcall b\n\tcall x\n\tcall d")))).Differences.Single();

        Assert.That(difference.Symbols, Is.EqualTo((string[])["f.isra.0"]));
        Assert.That(difference.VariantSymbols, Is.EqualTo((string[])["f.isra.1"]));
        Assert.That(difference.Diff, Is.EqualTo(
            "--- f.isra.0\n+++ f.isra.1\n@@ line 4 @@\n nop\n call a\n call b\n-call c\n-call d\n-ret\n+call x\n+call d\n+ret\n"));
    }
}
