namespace IpaAnalysis.Tests.Recompile;

/// <summary>Units that a plugin had a part in are asked only where two compiles of one text agree.</summary>
internal sealed class PluginTests
{
    [Test]
    public void One_that_does_nothing_is_no_hindrance()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        var right = unit.Ask("f");
        LoadedPlugin.Make(unit.Tree, "quiet", LoadedPlugin.Nothing);
        LoadedPlugin.Load(unit, "quiet");
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Text, Is.EqualTo(right.Text));
    }

    [Test]
    public void One_that_adds_the_same_each_time_is_no_hindrance()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        var right = unit.Ask("f");
        LoadedPlugin.Make(unit.Tree, "steady", LoadedPlugin.Drawing("return 4;"));
        LoadedPlugin.Load(unit, "steady");
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Affected, Is.EqualTo(right.Affected));
    }

    [TestCase("struct timespec t; clock_gettime(CLOCK_REALTIME, &t); return t.tv_nsec ^ getpid();")]
    [TestCase("FILE *f = fopen(\"count\", \"a+\"); long n; fputc('x', f); fseek(f, 0, SEEK_END); n = ftell(f); fclose(f); return n;")]
    public void One_that_draws_or_counts_is_named(string number)
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        LoadedPlugin.Make(unit.Tree, "latent", LoadedPlugin.Drawing(number));
        LoadedPlugin.Load(unit, "latent");
        Assert.That(unit.Ask("f").Causes, Has.Length.EqualTo(1).And.Some.Contains("plugin (latent)"));
    }

    [Test]
    public void One_that_agrees_with_the_object_once_is_not_believed()
    {
        // It counts to two and starts again: the second compile would be the object's, and the third another.
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        LoadedPlugin.Make(unit.Tree, "turns", LoadedPlugin.Drawing(
            "static unsigned const turn[] = { 1, 1, 2 }; FILE *f = fopen(\"count\", \"a+\"); long n; fputc('x', f); fseek(f, 0, SEEK_END); n = ftell(f); fclose(f); return turn[(n - 1) % 3];"));
        LoadedPlugin.Load(unit, "turns");
        Assert.That(unit.Ask("f").Causes, Has.Length.EqualTo(1).And.Some.Contains("plugin (turns)"));
    }
}
