namespace IpaAnalysis.Tests.Recompile;

/// <summary>What instrumentation records of a unit and of its compile is no function's code.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class InstrumentedUnitTests
{
    private const string Source = """
        extern int dev_read(int *, int); extern void say(const char *, ...);
        int counter; static int hits[4]; static const char *names[] = { "one", "two", "three" };
        static __attribute__((noinline)) int fetch(int *buf, int n) { static int calls; calls++; int r = dev_read(buf, n); if (r > n) { say("too much %d %s", r, names[n & 1]); r = n; } hits[n & 3]++; return r; }
        int first(int n) { int buf[16] = { 0 }; int r = fetch(buf, n & 15); say("first"); return buf[3] + r / n; }
        int second(int n, int m) { switch (n) { case 0: return m; case 1: return m * 3; case 2: counter++; return 7; case 3: say("x"); return m << 2; case 4: return m / n; case 9: return fetch(&m, 1); } return hits[n & 3]; }

        """;

    // A string, a variable and a call are only there as long as nothing is known of f.
    private const string Fact = """
        extern void say(const char *, ...); static int table[5]; int other;
        static __attribute__((noinline)) int f(int x) { return x & 7; }
        int user(int x) { if (f(x) == 9) { say("never %d", x); table[0] = 3; } return table[x & 3] + other; }

        """;

    private const string Macros = """
        #define TABLE(name) static __attribute__((aligned(16))) int name[4] = { 1, 2, 3, 4 }
        #define AT(name, i) (name[(i)] << (i))
        TABLE(hits);
        extern int use(int *);
        static __attribute__((noinline)) int f(int n) { return AT(hits, n) + use(hits); }
        int first(int n) { return f(n) + 1; }

        """;

    [TestCase("gcc", "--coverage")]
    [TestCase("gcc-11", "--coverage")]
    [TestCase("gcc", "-fprofile-arcs -ftest-coverage -fprofile-abs-path")]
    [TestCase("gcc", "-fprofile-arcs -fprofile-update=atomic")]
    [TestCase("gcc", "-fprofile-generate")]
    [TestCase("gcc", "-ftest-coverage")]
    [TestCase("gcc", "-fsanitize=address")]
    [TestCase("gcc", "-fsanitize=kernel-address --param asan-globals=1")]
    [TestCase("gcc", "-fsanitize=thread")]
    [TestCase("gcc", "-fsanitize=undefined -fsanitize-coverage=trace-pc,trace-cmp")]
    [TestCase("aarch64-linux-gnu-gcc", "--coverage -fno-section-anchors")]
    [TestCase("s390x-linux-gnu-gcc", "--coverage -fno-section-anchors")]
    public void Nothing_depends_on_a_function_that_nothing_is_known_of(string compiler, string flags)
    {
        using var unit = new RecompiledUnit(compiler, "-O2 -fno-ipa-ra " + flags, Source);
        var answer = unit.Ask("fetch");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.Empty);
        Assert.That(answer.Decisions, Is.Empty);
        Assert.That(answer.FoldedVariables.Where(v => !v.StartsWith("names ", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("--coverage")]
    [TestCase("-fprofile-arcs")]
    [TestCase("-fsanitize=address")]
    [TestCase("-fsanitize=kernel-address --param asan-globals=1")]
    public void Only_functions_of_the_source_depend_on_it(string flags)
    {
        using var unit = new RecompiledUnit("gcc", PassCases.Flags("ipa-ra") + " " + flags, Fact);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.EqualTo(new[] { "user ipa-ra" }));
    }

    // Preprocessed, what a macro makes stands in another column.
    [TestCase("gcc", "-fsanitize=kernel-address --param asan-globals=1")]
    [TestCase("gcc", "-fsanitize=address")]
    [TestCase("gcc", "-fsanitize=bounds-strict -fsanitize=shift")]
    [TestCase("gcc-11", "-fsanitize=kernel-address --param asan-globals=1")]
    public void A_column_is_no_difference(string compiler, string flags)
    {
        using var unit = new RecompiledUnit(compiler, "-O2 -fno-ipa-ra " + flags, Macros);
        Assert.That(unit.Ask("f").Causes, Is.Empty);

        // The line and the values are.
        unit.Tree.Write("unit.c", Macros.Replace("= { 1", "= { 2", StringComparison.Ordinal));
        Assert.That(unit.Ask("f").Causes.Single(), Does.StartWith("Compiled again, its code is not that of the object"));
        unit.Tree.Write("unit.c", "\n" + Macros);
        Assert.That(unit.Ask("f").Causes.Single(), Does.StartWith("Compiled again, its code is not that of the object"));
    }

    [TestCase("static __attribute__((constructor(100))) void _sub_I_00100_0(void) { other = f(3) + f(3); }")]
    [TestCase("static __attribute__((constructor(100))) void _sub_I_00100_0(void) { __gcov_dump(); other = f(3) + f(3); }")]
    public void A_function_of_the_source_may_have_such_a_name(string constructor)
    {
        const string Callee = "extern void __gcov_dump(void); int other; static __attribute__((noinline)) int f(int x) { return x * x; }\n";
        using var unit = new RecompiledUnit("gcc", PassCases.Flags("ipa-pure-const"), Callee + constructor);
        Assert.That(unit.Ask("f").Facts, Is.EqualTo(new[] { "_sub_I_00100_0 ipa-pure-const" }));
    }

    [TestCase("return r;", "return r + 1;")]
    [TestCase("hits[n & 3]++", "hits[n & 3] += 2")]
    [TestCase("\"first\"", "\"farst\"")]
    [TestCase("{ \"one\", \"two\"", "{ \"one\", \"six\"")]
    [TestCase("int fetch(int *buf", "\nint fetch(int *buf")]
    public void An_object_of_other_code_is_told(string before, string after)
    {
        using var unit = new RecompiledUnit("gcc", "-O2 --coverage", Source);
        unit.Tree.Write("unit.c", Source.Replace(before, after, StringComparison.Ordinal));
        Assert.That(unit.Ask("fetch").Causes.Single(), Does.StartWith("Compiled again, its code is not that of the object"));
    }
}
