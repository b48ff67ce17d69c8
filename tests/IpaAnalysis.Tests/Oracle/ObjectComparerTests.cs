using IpaAnalysis.Oracle.Truth;

namespace IpaAnalysis.Tests.Oracle;

internal sealed class ObjectComparerTests
{
    // Jump table, table of values, strings, constants, static locals, static data with an end, a cold part, calls near and far.
    private const string Everything = """
        extern int elsewhere(int, const char *);
        extern void bad(void) __attribute__((__cold__));
        static const char *const names[] = { "one", "two" };
        static int table[12];
        static __attribute__((__noinline__)) int near(int a) { static int n; n += a; return elsewhere(n, "near"); }
        int jumps(int a, int b)
        {
            switch (a) {
            case 0: return elsewhere(1, "zero");
            case 1: return near(b);
            case 2: return elsewhere(7, names[b]);
            case 3: return near(9);
            case 4: return elsewhere(b, "four");
            case 5: return near(5) * 3;
            }
            return 4;
        }
        int values(int a)
        {
            switch (a) {
            case 0: return 4;
            case 1: return 90;
            case 2: return 17;
            case 3: return 2;
            case 4: return 55;
            case 5: return 31;
            }
            return 0;
        }
        double number(double a) { static int n; n++; return a * 3.25 + n; }
        int sum(void) { int s = 0; for (int *p = table; p != table + 12; p++) s += *p; return s; }
        int *where(int i) { return &table[i - 1]; }
        int checks(int *p) { if (__builtin_expect(!p, 0)) { bad(); bad(); return near(3); } return *p + near(2); }
        int (*pointer(void))(int) { return near; }

        """;

    private const string Unrelated = """
        extern int other(int, const char *);
        static int others[5];
        double unrelated(int a)
        {
            static int n;
            switch (a) {
            case 0: return other(6, "none");
            case 1: return 8;
            case 2: return other(a, "zero");
            case 3: return 1.5 * others[a];
            case 4: return other(4, "more");
            case 5: return 11 + n++;
            }
            others[1]++;
            return 1.25;
        }

        """;

    [TestCase()]
    [TestCase("-fPIC")]
    [TestCase("-mcmodel=kernel", "-fno-pic", "-fno-pie")]
    [TestCase("-fno-pie", "-Os")]
    [TestCase("-ffunction-sections", "-fdata-sections", "-fcf-protection")]
    public void The_same_code_is_no_difference(params string[] flags)
    {
        using var unit = new OracleUnit(Everything, flags);
        Assert.Multiple(() =>
        {
            Assert.That(unit.DifferencesTo(Everything), Is.Empty);
            Assert.That(unit.DifferencesTo(Unrelated + Everything), Is.Empty, "code before");
            Assert.That(unit.DifferencesTo(Everything + Unrelated), Is.Empty, "code behind");
            Assert.That(NullTest.Run(unit.Prepared), Is.Empty, "the oracle's own null test");
        });
    }

    [TestCase("a * 3.25", "a * 3.75", "number")]
    [TestCase("\"near\"", "\"nigh\"", "near")]
    [TestCase("\"zero\"", "\"cero\"", "jumps")]
    [TestCase("case 3: return near(9)", "case 3: return near(8)", "jumps")]
    [TestCase("case 2: return elsewhere(7, names[b]);\n    case 3: return near(9);", "case 3: return elsewhere(7, names[b]);\n    case 2: return near(9);", "jumps")]
    [TestCase("case 3: return 2;", "case 3: return 3;", "values")]
    [TestCase("&table[i - 1]", "&table[i - 2]", "where")]
    [TestCase("p != table + 12", "p != table + 11", "sum")]
    [TestCase("return near(3)", "return near(4)", "checks")]
    [TestCase("(void))(int) { return near", "(void))(int) { return (int (*)(int))checks", "pointer")]
    [TestCase("bad(); bad();", "bad();", "checks")]
    public void What_changed_is_told_and_nothing_else(string text, string replacement, string function)
    {
        var changed = Everything.Replace(text, replacement, StringComparison.Ordinal);
        Assert.That(changed, Is.Not.EqualTo(Everything));
        using var unit = new OracleUnit(Everything);
        Assert.That(unit.DifferencesTo(changed), Is.EqualTo([function]));
    }
}
