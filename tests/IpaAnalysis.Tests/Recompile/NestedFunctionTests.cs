namespace IpaAnalysis.Tests.Recompile;

/// <summary>Nested functions of one name are told apart by where they stand, and of two bodies of one function the real one is hidden.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class NestedFunctionTests
{
    private const string TwoParents = """
        extern int twice(int (*)(int), int);
        int first(int k)  { __attribute__((noinline, noclone)) int inner(int x) { return x * k + 1; } return inner(3) + inner(k); }
        int second(int k) { __attribute__((noinline, noclone)) int inner(int x) { return x - k; } return twice(inner, k) + inner(4); }

        """;

    private const string OneLine =
        "int other(int); int first(int k) { __attribute__((noinline, noclone)) int inner(int x) { return x * k; } return inner(3) + inner(3); } "
        + "int second(int k) { __attribute__((noinline, noclone)) int inner(int x) { return x ^ k; } return inner(4) + other(k) + inner(4); }\n";

    private const string OneParent = """
        int other(int);
        int first(int k) {
            int r;
            { __attribute__((noinline, noclone)) int inner(int x) { return x * k; } r = inner(3) + inner(3); }
            { __attribute__((noinline, noclone)) int inner(int x) { return x ^ other(k); } r += inner(4); }
            return r;
        }
        int second(int k) { __attribute__((noinline, noclone)) int inner(int x) { return x * k - 3; } return inner(4) * inner(4); }

        """;

    [TestCase(TwoParents, "inner.0", "first")]
    [TestCase(TwoParents, "inner.1", "second")]
    [TestCase(OneLine, "inner.0", "first")]
    [TestCase(OneLine, "inner.1", "second")]
    [TestCase(OneParent, "inner.0", "first")]
    [TestCase(OneParent, "inner.2", "second")]
    public void Only_the_parent_depends_on_it(string source, string symbol, string parent)
    {
        using var unit = new RecompiledUnit("gcc", "-O2", source);
        var answer = unit.Ask(symbol);
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts.Select(f => f.Split(' ')[0]), Is.EqualTo(new[] { parent }));
    }

    [TestCase("-O2", "__attribute__((gnu_inline)) ")]
    [TestCase("-O2 -std=gnu89", "")]
    [TestCase("-O2 -fgnu89-inline", "")]
    public void Of_a_body_for_inlining_only_and_the_real_one_the_real_one_is_hidden(string flags, string attribute)
    {
        var source = $$"""
            extern int slow(const char *);
            extern inline {{attribute}}int length(const char *s) { return __builtin_constant_p(*s) ? 1 : slow(s); }
            int before(const char *s) { return length(s) * length(s); }
            __attribute__((noinline)) int length(const char *s) { int n = 0; while (s[n]) n++; return n; }
            int after(const char *s) { return length(s) + length(s) + 2; }
            int none(const char *s) { return slow(s); }

            """;
        using var unit = new RecompiledUnit("gcc", flags, source);
        var answer = unit.Ask("length");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts.Select(f => f.Split(' ')[0]), Is.EqualTo(new[] { "after", "before" }));
    }

    [Test]
    public void A_body_for_inlining_only_alone_is_hidden_itself()
    {
        const string Source = """
            extern inline __attribute__((gnu_inline)) int copy(char *d, int n) { return n > 64 ? -1 : d[n]; }
            int user(char *d, int n) { return copy(d, n) + 1; }

            """;
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        var answer = unit.Ask("copy");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Confirmed, Is.EqualTo(new Dictionary<string, bool> { ["user"] = true }));
    }
}
