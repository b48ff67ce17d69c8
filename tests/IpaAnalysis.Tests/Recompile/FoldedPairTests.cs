using IpaAnalysis.Impact;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>Of two functions that GCC folded, what holds a copy of the one is not affected by a patch of the other.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class FoldedPairTests
{
    // Inlined before they are folded, inlined as a wrapper's body, and inlined after they are folded.
    private const string Small = """
        int external(int);
        static inline int a(int v) { return external(v) + 1000; }
        static inline int b(int v) { return external(v) + 1000; }
        int ua(int v) { return a(v) * 3; }
        int ub(int v) { return b(v) * 5; }
        int (*pa)(int) = a; int (*pb)(int) = b;

        """;

    private const string Wrapped = """
        int external(int);
        static __attribute__((noinline)) int g(int v) { return external(v) + external(v + 1); }
        int a(int v) { return g(v) + g(v + 2) + g(v * 2) + 5; }
        int b(int v) { return g(v) + g(v + 2) + g(v * 2) + 5; }
        int ua(int v) { return a(v) * 3; }
        int ub(int v) { return b(v) * 5; }

        """;

    private const string Late = """
        int external(int);
        static int a(int v) { int r = 0; for (int i = 0; i < v; i++) r += external(i) * 3; return r; }
        static int b(int v) { int r = 0; for (int i = 0; i < v; i++) r += external(i) * 3; return r; }
        int ua(int v) { return a(v) * 3; }
        int ub(int v) { return b(v) * 5; }

        """;

    [TestCase(Small, "a", "ua", "ub")]
    [TestCase(Small, "b", "ub", "ua")]
    [TestCase(Wrapped, "a", "ua", "ub")]
    [TestCase(Wrapped, "b", "ub", "ua")]
    [TestCase(Late, "a", "ua", "ub")]
    [TestCase(Late, "b", "ub", "ua")]
    public void A_copy_of_the_other_body_is_not_affected(string source, string patched, string affected, string other)
    {
        using var unit = new RecompiledUnit("gcc", "-O2", source);
        Assert.That(unit.Shown(patched), Does.Contain(affected), "the pair is folded");
        var symbols = unit.Affected(patched);
        Assert.That(symbols, Does.Contain(affected).And.Contains(patched == "a" ? "b" : "a"));
        Assert.That(symbols, Does.Not.Contain(other));
        Assert.That(unit.Ask(patched).Confirmed[affected], Is.True);
    }

    [Test]
    public void A_call_of_the_patched_function_within_the_other_counts()
    {
        // b is a's body only because a was inlined into it.
        const string Source = """
            int external(int);
            static inline int a(int v) { return external(v) + 1000; }
            static inline int b(int v) { return a(v); }
            int ub(int v) { return b(v) * 5; }
            int (*pa)(int) = a; int (*pb)(int) = b;

            """;
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        Assert.That(unit.Affected("a"), Does.Contain("ub").And.Contains("b"));
    }

    [Test]
    public void A_caller_that_relies_on_the_shared_body_is_still_affected()
    {
        const string Source = """
            static __attribute__((noinline)) int a(int v) { return v * 3 + 1; }
            static __attribute__((noinline)) int b(int v) { return v * 3 + 1; }
            int ub(int v, int w, int x) { int r = b(v); return r + w * x; }
            int ua(int v) { return a(v); }

            """;
        using var unit = new RecompiledUnit("gcc", PassCases.Flags("ipa-ra", "ipa-icf"), Source);
        Assert.That(unit.Ask("a").Facts, Is.EqualTo(new[] { "ub ipa-ra" }));
    }

    [TestCase("a", true)]
    [TestCase("b", false)]
    public void A_record_tells_whose_copies_are_whose(string patched, bool isKept)
    {
        var graph = new UnitText().Global("a", "holder").Inline("b", "holder").Fold("a", "b", "Function alias has been created.").ToGraph();
        Assert.That(Answer.Of(graph, patched).Affected.Keys, Is.EquivalentTo(isKept ? ["b"] : new[] { "a", "holder" }));
    }

    [Test]
    public void What_is_reached_another_way_too_stays()
    {
        var graph = new UnitText().Global("a", "holder").Inline("b", "holder").Inline("a", "b").Fold("a", "b", "Wrapper has been created.").ToGraph();
        Assert.That(Answer.Of(graph, "a").Affected.Keys, Is.EquivalentTo(new[] { "b", "holder" }));
        var impact = new ImpactAnalyzer(graph).Analyze(Answer.Impact(graph, "a").Function, [], new HashSet<int> { graph.FindVertex(0, "holder"u8) });
        Assert.That(impact.Affected.Select(v => graph.SymbolOf(v.Vertex)), Is.EqualTo(new[] { "b" }));
    }
}
