using IpaAnalysis.CommandLines;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>Every kind of function and unit has a defined outcome.</summary>
internal sealed class OutcomeTests
{
    private const string Twice = "int g(int a) { return f(a) + f(a); }\n";

    private static readonly string s_flags = PassCases.Flags("ipa-pure-const");

    [TestCase("__attribute__((noinline)) int f(int a) { return a * a; }", TestName = "Plain")]
    [TestCase("__attribute__((noinline)) static int f(a) int a; { return a * a; }", TestName = "K_and_R")]
    [TestCase("#define DEFINE(name) __attribute__((noinline)) int name(int a) { return a * a; } int after_##name;\nDEFINE(f)", TestName = "Made_by_a_macro")]
    [TestCase("__attribute__((noinline)) int f(int a) { return a * a; } int f2(int) __attribute__((alias(\"f\")));", TestName = "With_an_alias")]
    [TestCase("int f(int) __asm__(\"renamed\");\n__attribute__((noinline)) int f(int a) { return a * a; }", TestName = "With_another_symbol")]
    public void Found(string definition)
    {
        using var unit = new RecompiledUnit("gcc", s_flags, definition + "\n" + Twice);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.EqualTo(new[] { "g ipa-pure-const" }));
    }

    [TestCase("__attribute__((weak, noinline)) int f(int a) { return a * a; }", TestName = "Weak")]
    [TestCase("__attribute__((noipa)) int f(int a) { return a * a; }", TestName = "Opaque_already")]
    [TestCase("__attribute__((noinline)) int f(int a) { __asm__ volatile (\"nop\" ::: \"memory\"); return a * a; }", TestName = "With_assembly")]
    public void Nothing_to_rely_on(string definition)
    {
        using var unit = new RecompiledUnit("gcc", s_flags, definition + "\n" + Twice);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.Empty);
    }

    [TestCase("int f(int) __attribute__((ifunc(\"choose\")));\nstatic int one(int a) { return a; }\nstatic int (*choose(void))(int) { return one; }", "f", "is an ifunc and has no body of its own: 'choose'", TestName = "Chosen_at_run_time")]
    [TestCase("extern int f(int); __asm__(\".text\\n.globl f\\n.type f,@function\\nf:\\n\\tmov %edi,%eax\\n\\tret\\n.size f,.-f\\n\");", "f", "stands in an asm statement at file scope", TestName = "Assembly_at_file_scope")]
    [TestCase("extern int f(int); __asm__(\".text\\n.globl \" \"f\" \"\\n.type \" \"f\" \",@function\\n\"\n \"f\" \":\\n\tmov %edi,%eax\\n\tret\\n.size f,.-f\\n\");", "f", "stands in an asm statement at file scope", TestName = "Assembly_at_file_scope_with_its_label_in_pieces")]
    [TestCase("int f(int a) { return a; } __asm__(\".text\\n.type __pfx_f,@function\\n__pfx_f:\\n\\t.skip 16,0x90\\n.size __pfx_f,.-__pfx_f\\n\");", "__pfx_f", "marks the padding before 'f'", TestName = "Padding_of_a_function")]
    public void No_definition_in_C(string definition, string name, string expected)
    {
        using var unit = new RecompiledUnit("gcc", s_flags, definition + "\n" + Twice);
        var answer = unit.Ask(name);
        Assert.That(answer.Causes.Single(), Does.Contain(expected).And.Contain($"'{name}'").And.Not.Contain("Report"));
        Assert.That(answer.Facts, Is.Empty);
    }

    [Test]
    public void Call_by_an_alias()
    {
        const string Source = """
            __attribute__((noinline)) int f(int a) { return a * a; }
            int other_name(int) __attribute__((alias("f")));
            int g(int a) { return other_name(a) + other_name(a); }
            """;
        using var unit = new RecompiledUnit("gcc", s_flags, Source);
        Assert.That(unit.Ask("f").Facts, Is.EqualTo(new[] { "g ipa-pure-const" }));
    }

    [Test]
    public void Nested_function()
    {
        const string Source = """
            int other(int);
            int g(int a) {
                __attribute__((noinline)) int f(int b) { return b * b; }
                return other(a) + f(a) + f(a);
            }
            """;
        using var unit = new RecompiledUnit("gcc", s_flags, Source);
        var answer = unit.Ask("f.0");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.EqualTo(new[] { "g ipa-pure-const" }));
    }

    [Test]
    public void Always_inline()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", "static inline __attribute__((always_inline)) int f(int a) { return a * a; }\n" + Twice);
        Assert.That(unit.Ask("f").Causes, Is.EqualTo(new[] { "The function is always_inline: its body cannot be hidden from its callers. The functions that hold its copies are listed, facts about it are not." }));
    }

    [Test]
    public void Copies_are_confirmed_and_idle_ones_are_not()
    {
        const string Source = """
            static inline int f(int a) { return a * 3; }
            int used(int a) { return f(a) + 1; }
            int unused(int a) { f(a); return a; }
            """;
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        var answer = unit.Ask("f");
        Assert.That(answer.Facts, Is.Empty);
        Assert.That(answer.Confirmed["used"], Is.True);
        Assert.That(answer.Confirmed, Does.ContainKey("unused").WithValue(true), "a call is there where the body is hidden");
    }

    [Test]
    public void Two_functions_at_once()
    {
        const string Source = """
            __attribute__((noinline)) int f(int a) { return a * a; }
            __attribute__((noinline)) int e(int a) { return a + a * a; }
            int g(int a) { return f(a) + f(a); }
            int h(int a) { return e(a) + e(a); }
            """;
        using var unit = new RecompiledUnit("gcc", s_flags, Source);
        var answers = unit.AskAll("e", "f");
        Assert.That(answers.Select(a => a.Facts.Single()), Is.EqualTo(new[] { "h ipa-pure-const", "g ipa-pure-const" }));
    }

    [Test]
    public void Folded_statics()
    {
        const string Source = """
            int other(int);
            __attribute__((noinline)) static int f(int a) { return other(a) * 3 + other(a + 1); }
            __attribute__((noinline)) static int h(int a) { return other(a) * 3 + other(a + 1); }
            int g(int a) { return f(a) + h(a + 5); }
            """;
        using var on = new RecompiledUnit("gcc", PassCases.Flags("ipa-icf"), Source);
        using var off = new RecompiledUnit("gcc", PassCases.Flags(), Source);

        // Where code lies cannot be seen in the code, so that what shares it is not judged.
        Assert.That(on.Ask("f").Facts, Is.Empty);
        Assert.That(on.Ask("h").Facts, Is.Empty);
        Assert.That(on.Ask("h").Confirmed, Does.Not.ContainKey("f"));
        Assert.That(off.Ask("h").Facts, Is.Empty);
        Assert.That(off.Ask("h").Confirmed, Is.Empty);
    }

    [Test]
    public void Caller_of_what_shares_the_body()
    {
        // Who calls e comes to what replaces f, and trusts the registers of the body that both share.
        const string Source = """
            __attribute__((noinline)) static int f(int a) { return a * 3 + 1; }
            __attribute__((noinline)) static int e(int a) { return a * 3 + 1; }
            int g(int a, int b, int c) { int x = e(a); return x + b * c; }
            int k(int a) { return f(a); }
            """;
        using var folded = new RecompiledUnit("gcc", PassCases.Flags("ipa-ra", "ipa-icf"), Source);
        using var apart = new RecompiledUnit("gcc", PassCases.Flags("ipa-ra"), Source);
        Assert.That(folded.Ask("f").Facts, Is.EqualTo(new[] { "g ipa-ra" }));
        Assert.That(folded.Ask("e").Facts, Has.Member("g ipa-ra"));
        Assert.That(apart.Ask("f").Facts, Is.Empty);
    }

    [Test]
    public void Several_versions()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", "__attribute__((target_clones(\"avx2\", \"default\"))) int f(int a) { return a * a; }\n" + Twice);
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("several versions"));
    }

    [Test]
    public void Decision()
    {
        const string Source = """
            int other(int, int);
            static inline int f(int a) {
                int s = a; s = s * 3 ^ (s >> 1); s = s * 4 ^ (s >> 2); s = s * 5 ^ (s >> 3); s = s * 6 ^ (s >> 4); s = s * 7 ^ (s >> 5);
                s = s * 8 ^ (s >> 6); s = s * 9 ^ (s >> 7); s = s * 10 ^ (s >> 8); s = s * 11 ^ (s >> 9); return s;
            }
            int x(int a) { int r = f(a); r += other(a, r); return r; }
            int g(int a) { return x(a) * 2; }
            int h(int a) { return x(a + 7) * 3; }
            """;
        using var unit = new RecompiledUnit("gcc", PassCases.Flags(), Source);
        var answer = unit.Ask("f");
        Assert.That(answer.Facts, Is.Empty);
        Assert.That(answer.Decisions, Is.EqualTo(new[] { "g inline", "h inline" }));
        Assert.That(answer.Confirmed["x"], Is.True);
    }

    [TestCase("-flto", "link-time optimisation")]
    [TestCase("-fprofile-use", "profile")]
    public void Not_exact_by_its_options(string option, string cause)
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        var words = unit.Unit.Command!.Words.Insert(1, option);
        unit.Unit = unit.Unit with { Command = RecordedCommand.Of(words, unit.Unit.WorkingDirectory) };
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain(cause));
    }

    [Test]
    public void Not_exact_without_command()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        unit.Unit = unit.Unit with { Command = null, Options = null };
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("The command that compiled it is not known"));
    }

    [Test]
    public void Not_exact_without_source()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        File.Delete(unit.Tree["unit.c"]);
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("Its source is not where"));
    }

    [Test]
    public void Not_exact_when_the_source_changed()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        unit.Tree.Write("unit.c", PassCases.PureConst.Replace("+ 1", "+ a * 7", StringComparison.Ordinal));
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("its code is not that of the object (f has "));
    }

    [Test]
    public void Not_exact_when_it_does_not_compile()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        unit.Tree.Write("unit.c", PassCases.PureConst + "int broken = ;\n");
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("It does not compile again: expected expression before"));
    }

    [Test]
    public void Not_exact_in_another_language()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        unit.Tree.Write("unit.cc", PassCases.PureConst);
        unit.Unit = unit.Unit with { SourcePath = unit.Tree["unit.cc"] };
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("not compiled from C"));
    }

    [Test]
    public void Cancelling_leaves_nothing()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst) { Cancellation = new CancellationToken(canceled: true) };
        Assert.That(() => unit.Ask("f"), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.Exists(unit.Tree["recompile"]), Is.False);
    }

    [Test]
    public void Compiler_that_is_gone()
    {
        // Nothing in the object tells which one it was.
        using var unit = new RecompiledUnit("gcc", "-O2 -fno-ident", PassCases.PureConst);
        var words = unit.Unit.Command!.Words.SetItem(0, "/nowhere/special-gcc");
        var command = RecordedCommand.Of(words, unit.Unit.WorkingDirectory);
        unit.Unit = unit.Unit with { Command = command, Options = RecordedOptions.From(command, OptionOrigin.Kbuild, isTrusted: false) };
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("special-gcc"));
    }

    [Test]
    public void Not_run_what_only_the_tree_names()
    {
        using var unit = new RecompiledUnit("gcc", "-O2", PassCases.PureConst);
        var command = RecordedCommand.Of(unit.Unit.Command!.Words.Insert(1, "-fplugin=" + unit.Tree["evil.so"]), unit.Unit.WorkingDirectory);

        // What was recorded when the tree was collected is not what the file says now.
        unit.Unit = unit.Unit with { Command = command, Options = unit.Unit.Options! with { IsTrusted = false } };
        Assert.That(unit.Ask("f").Causes.Single(), Does.Contain("TrustCommands"));
    }
}
