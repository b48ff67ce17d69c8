namespace IpaAnalysis.Tests.Recompile;

/// <summary>A compile that fails is never "no difference", and what rests on one that would succeed next time is not kept.</summary>
internal sealed class FailedCompileTests
{
    // A fact, an unsafe callee and a folded variable.
    private const string Source = """
        static int limit = 7;
        static int written;
        __attribute__((noinline)) static int scaled(int a, int b) { return a * b + 3; }
        __attribute__((noinline)) int f(int a) { written = a; return scaled(a, 5) + limit; }
        int g(int a) { return f(a) + f(a); }
        int h(int a) { return scaled(a, 5) * limit; }
        __attribute__((noinline)) int pure(int a) { return a * a + 1; }
        int caller(int a) { return pure(a) + pure(a); }
        """;

    [TestCase("kill", 1, 1)]
    [TestCase("exit", 2, 2)]
    [TestCase("space", 2, 5)]
    [TestCase("crash", 2, 9)]
    public void Runs_in_turn(string way, int length, int start)
    {
        // A share: build/faults.sh lets each run die.
        const int Step = 17;
        using var unit = new RecompiledUnit("gcc", "-O2", Source) { Jobs = 1 };
        var compiler = new DyingCompiler(unit, "gcc");
        var right = unit.AskAll("f", "pure").Select(a => a.Text).ToArray();
        var runs = compiler.Runs;
        Assert.That(string.Concat(right), Does.Contain("caller ").And.Contain("scaled").And.Contain("limit"));
        Assert.That(right, Has.None.Contains("failed"));
        var inexact = 0;
        for (var run = start; run <= runs; run += Step)
        {
            File.Delete(unit.Tree["exact.state"]);
            compiler.Dies(run, run + length - 1, way);
            var answers = unit.AskAll("f", "pure");
            for (var i = 0; i < answers.Length; i++)
            {
                if (answers[i].Causes.Length == 0)
                {
                    Assert.That(answers[i].Text, Is.EqualTo(right[i]), $"run {run}");
                }
                else
                {
                    inexact++;
                }
            }

            // Healthy again: asked again, without the store being removed.
            compiler.Dies(0, 0, way);
            Assert.That(unit.AskAll("f", "pure").Select(a => a.Text), Is.EqualTo(right), $"after run {run}");
        }

        Assert.That(inexact, length == 1 ? Is.Zero : Is.Positive, "one failure is tried again, two are told");
    }

    [Test]
    public void Refused_text_is_kept()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        unit.Tree.Write("unit.c", PassCases.PureConst + "int broken = ;\n");
        var first = unit.Ask("f");
        Assert.That(unit.Asked, Is.EqualTo(1));
        Assert.That(unit.Ask("f").Causes, Is.EqualTo(first.Causes));
        Assert.That(unit.Asked, Is.Zero);
    }

    [Test]
    public void Only_the_hidden_text_is_refused_by_an_attribute()
    {
        const string Text = """
            extern void bad_size(void) __attribute__((__error__("bad size")));
            static inline int f(int a) { (void)a; return 4; }
            int g(int a) { if (f(a) != 4) bad_size(); return a + 1; }
            int h(int a) { return f(a) + a; }
            int other(int a) { return a * 3; }
            """;
        using var unit = new RecompiledUnit("gcc", "-O2", Text);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Affected, Is.SupersetOf(new[] { "g", "h" }).And.No.Member("other"));
    }

    [Test]
    public void Only_the_hidden_text_is_refused_by_an_operand()
    {
        const string Text = """
            static inline int f(void) { return 4; }
            int g(int a) { __asm__ volatile ("# %0" : : "i" (f())); return a + 1; }
            int h(int a) { return f() + a; }
            int other(int a) { return a * 3; }
            """;
        using var unit = new RecompiledUnit("gcc", "-O2", Text);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Affected, Is.SupersetOf(new[] { "g", "h" }).And.No.Member("other"));
    }

    [Test]
    public void Function_that_only_the_object_has()
    {
        // f never returns: g stays out of line and ends in the call. With f hidden, g is inlined everywhere.
        const string Text = """
            extern void stop(int) __attribute__((__noreturn__));
            extern int out(int);
            __attribute__((noinline)) int f(int a) { stop(a); }
            static int g(int a) { out(a); out(a + 1); out(a + 2); return f(a) + 1; }
            int h(int a) { if (a > 5) return g(a); return out(a); }
            int k(int a) { if (a) return g(a + 2); return out(a); }
            """;
        using var unit = new RecompiledUnit("gcc", "-O2", Text);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Affected, Is.EqualTo(new[] { "g.isra.0", "h", "k" }));
    }
}
