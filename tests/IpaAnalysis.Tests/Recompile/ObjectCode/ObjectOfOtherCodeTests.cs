using IpaAnalysis.Recompile.Compiling;

namespace IpaAnalysis.Tests.Recompile.ObjectCode;

/// <summary>Questions about a unit whose object is of other code are not answered.</summary>
internal sealed class ObjectOfOtherCodeTests
{
    private const string Source = """
        extern int g, h; extern int ext(int);
        static __attribute__((noinline)) int peek(int x) { return h + x; }
        int use(int x) { int e = ext(x); g = 5; int y = peek(e); return ext((y + g) * 9); }
        """;

    [TestCase("g = 5", "g = 6", "use has 05 at byte")]
    [TestCase("* 9", "* 7", "use has ")]
    [TestCase("return h + x", "return g + x", "peek refers at byte")]
    public void Source_was_edited(string from, string to, string words)
    {
        using var unit = new RecompiledUnit("gcc", "-O2 -g", Source.Replace(from, to));
        Assert.That(unit.Ask("peek").Causes, Is.Empty);
        unit.Tree.Write("unit.c", Source);
        var cause = unit.Ask("peek").Causes.Single();
        Assert.That(cause, Does.StartWith($"Compiled again, its code is not that of the object ({words}"));
    }

    [Test]
    public void Object_holds_the_time_of_its_compile()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", Source + "\nconst char *when(void) { return __TIME__; }\n");
        Thread.Sleep(1100);
        Assert.That(unit.Ask("peek").Causes.Single(), Does.StartWith("Its code holds the time of its compile (__TIME__)"));
    }

    [TestCase("-O2 -g", true, TestName = "Debugging_information_that_changes_the_code")]
    [TestCase("-O2", false, TestName = "No_debugging_information")]
    public void Recorded_options_are_tried_where_the_code_differs_without(string flags, bool isExact)
    {
        // A compiler that breaks GCC's promise: its code is another one where it is told -g0.
        using var tools = new TemporaryTree("ipa-tools-");
        var compiler = tools.Write("gcc-12", "#!/bin/sh\ncase \" $* \" in *' -g0 '*) exec gcc-12 \"$@\" -O0 ;; esac\nexec gcc-12 \"$@\"\n");
        tools.Run("", "chmod", "+x", compiler);
        using var unit = new RecompiledUnit(compiler, flags, Source);
        var causes = unit.Ask("peek").Causes;
        Assert.That(causes, isExact ? Is.Empty : Has.One.StartsWith("Compiled again, its code is not that of the object"));
    }

    [TestCase("-O2", false)]
    [TestCase("-O2 -g", true)]
    [TestCase("-g -O2 -g0", false)]
    [TestCase("-ggdb3", true)]
    [TestCase("-gdwarf-5 -gno-as-loc-support", true)]
    public void Whether_a_command_asks_for_debugging_information(string flags, bool asks)
    {
        var command = new RecompileCommand(null!, [.. flags.Split(' ')], "unit.c", "/");
        Assert.That(command.HasDebug, Is.EqualTo(asks));
        Assert.That(command.Compile("unit.i", [], "unit.s"), Has.Member("-g0"));
        var count = flags.Split(' ').Count(f => f == "-g0");
        Assert.That((command with { KeepsDebug = true }).Compile("unit.i", [], "unit.s").Count(f => f == "-g0"), Is.EqualTo(count));
    }
}
