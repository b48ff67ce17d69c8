using System.Text;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Tests.Recompile;

/// <summary>The number that GCC puts for <c>%=</c> in inline assembly says nothing of the function that it stands in.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AssemblyNumberTests
{
    private static readonly string[] s_templates =
    [
        "relax_%=:\\n\\tpause\\n\\tjnc relax_%=",
        ".Lt%=: dec %0\\n\\tjnz .Lt%=",
        ".Lt%=x: dec %0\\n\\tjnz .Lt%=x",
        "%=1: dec %0\\n\\tjnz %=1b",
        "911:\\n\\t.pushsection .discard.mark,\\\"a\\\"\\n\\t.long 7, %=\\n\\t.quad 911b\\n\\t.popsection",
        "nop # %= %%= \\\\%=",
        ".Lq%=: nop\\n\\t.pushsection .rodata.q%=,\\\"a\\\"\\n\\t.long .Lq%= - .\\n\\t.popsection",
        ".set mark_%=, %=\\n\\tmovl $mark_%=, %0",
        "relax_%\" \"=:\\n\\tpause\\n\\tjnc relax_%\"\"=",
    ];

    private static readonly string[] s_forms =
    [
        "__asm__ volatile (\"{0}\" : \"+r\"(x));",
        "asm __volatile__ (\"{0}\" : \"+r\"(x) :: \"memory\");",
        "__asm (\"\" \"{0}\" \"\\n\" : \"+r\"(x));",
        "__asm__ inline volatile (\"{0}\"\n\"\\n\\t\" : [out] \"+r\"(x) : : );",
        "asm volatile goto (\"{0}\" : \"+r\"(x) ::: away);",
    ];

    /// <summary>Each template in each form; the statements before it are fewer when f's body is hidden.</summary>
    [Test]
    public void Renumbering_is_no_difference([Range(0, 8)] int template, [Range(0, 4)] int form)
    {
        var assembly = s_forms[form].Replace("{0}", s_templates[template], StringComparison.Ordinal);
        var source = $$"""
            extern int ext(int);
            static inline int f(int x) { if (x > 3) x = ext(x) & 7; return ext(x) * 3 + ext(x + 1); }
            int first(int x) { return f(x) + f(x + 1); }
            int marked(int x) { {{assembly}} {{(form == 4 ? "away:" : "")}} return x; }
            int twice(int x) { {{(form == 4 ? "" : assembly + assembly)}} return ext(x); }

            """;
        using var unit = new RecompiledUnit("gcc", "-O2", source);
        var answer = unit.Ask("f");
        Assert.That(answer.Causes, Is.Empty);
        Assert.That(answer.Facts, Is.Empty);
        Assert.That(answer.Confirmed, Is.EqualTo(new Dictionary<string, bool> { ["first"] = true }));
    }

    [Test]
    public void What_else_stands_in_the_assembly_counts()
    {
        // The operand and the choice of the statement rest on what is known of f.
        const string Source = """
            __attribute__((noinline)) int f(int x) { return 5; }
            int user(int x) { int y = f(x); if (__builtin_constant_p(y)) __asm__ volatile (".long %c0, %=" :: "i"(60)); else __asm__ volatile (".long %c0, %=" :: "i"(73)); return x; }

            """;
        using var unit = new RecompiledUnit("gcc", "-O2", Source);
        Assert.That(unit.Ask("f").Facts.Select(f => f.Split(' ')[0]), Is.EqualTo(new[] { "user" }));
    }

    [TestCase("void g(void) { asm (\"a%=\" ::); }", "void g(void) { asm (\"a¶\" ::); }")]
    [TestCase("void g(void) { __asm__ volatile (\"%%=%=\" \"%=\" : : ); }", "void g(void) { __asm__ volatile (\"%%=¶\" \"¶\" : : ); }")]
    [TestCase("void g(void) { asm (\"\\\\%=\" ::); }", "void g(void) { asm (\"\\\\¶\" ::); }")]
    [TestCase("void g(void) { asm (\"%\" /* */ \"=\" \"\" \"%\" \"\" \"=\" ::); }", "void g(void) { asm (\"\xc2\" /* */ \"\xb6\" \"\" \"\xc2\" \"\" \"\xb6\" ::); }")]
    [TestCase("void g(void) { asm (\"%%\" \"=%\" \"%=\" \"\\\\%\" ::); asm (\"=\" ::); }", null)]
    [TestCase("void g(void) { asm (\"a%=\"); }", null)]
    [TestCase("int x __asm__(\"a%=\"); asm (\"b%=\");", null)]
    [TestCase("const char *s = \"100%=\"; void g(void) { asm (\"nop\" ::); }", null)]
    [TestCase("int asmx(const char *); int g(int a, int b) { return a %= b; }", null)]
    [TestCase("void g(void) { asm (\"%=", null)]
    public void Only_templates_with_operands_have_such_numbers(string text, string? expected)
    {
        var result = AssemblyNumbers.Without(Encoding.UTF8.GetBytes(text));
        var bytes = expected is null ? null : expected.Contains('\xc2', StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(expected) : Encoding.UTF8.GetBytes(expected);
        Assert.That(result, Is.EqualTo(bytes));
    }
}
