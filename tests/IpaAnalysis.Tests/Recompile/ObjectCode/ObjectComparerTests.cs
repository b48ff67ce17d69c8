using IpaAnalysis.Recompile.ObjectCode.Images;
using IpaAnalysis.Tests.Dumps.Elf;

namespace IpaAnalysis.Tests.Recompile.ObjectCode;

/// <summary>Real objects: the same source gives no difference, a changed one is named.</summary>
internal sealed class ObjectComparerTests
{
    private static readonly string[] s_compilers = ComparedObjects.Compilers;

    [TestCaseSource(nameof(s_compilers))]
    public void Same_source_with_and_without_debugging_information(string compiler)
    {
        var made = ComparedObjects.Compile(compiler, ComparedObjects.Source, "-g0");
        Assert.That(ComparedObjects.Difference(made, ComparedObjects.Compile(compiler, ComparedObjects.Source)), Is.Null);
        Assert.That(ComparedObjects.Difference(made, ComparedObjects.Compile(compiler, ComparedObjects.Source, "-g")), Is.Null);
    }

    [TestCaseSource(nameof(s_compilers))]
    public void Changed_source_with_equal_names_and_sizes(string compiler)
    {
        var made = ComparedObjects.Compile(compiler, ComparedObjects.Source);
        foreach (var (from, to) in new[]
        {
            ("x & 7; }", "x & 15; }"), ("g = 5", "g = 6"), ("1000", "1001"), ("77", "78"), ("\"never\"", "\"NEVER\""), ("* 3;", "* 5;"),
            ("3.25", "3.26"), ("{1,2,3", "{1,9,3"), ("ext(9)", "ext(8)"), ("ext(88)", "eyt(88)"), ("\"beta\"", "\"betA\""),
            ("{ far, sw }", "{ sw, far }"), ("789abcdef", "788abcdef"), ("hist[i]++", "counter++"), ("\"three\"", "\"threE\""),
            ("case 6: return 11", "case 6: return 12"), ("g = 5", "*&counter = 5"), ("return names[i]", "return names[1 - i]"),
        })
        {
            var difference = ComparedObjects.Difference(made, ComparedObjects.Compile(compiler, ComparedObjects.Source.Replace(from, to)));
            Assert.That(difference, Does.StartWith("OtherCode: "), to);
        }
    }

    [TestCase("g = 5", "g = 6", "use has 05 at byte 19, 06 in the object")]
    [TestCase("\"never\"", "\"NEVER\"", "use refers at byte 93 to \"never\", in the object to \"NEVER\"")]
    [TestCase("{ far, sw }", "{ sw, far }", "ops refers at byte 0 to far, in the object to sw")]
    [TestCase("{1,2,3", "{1,9,3", "tab has 02 at byte 1, 09 in the object")]
    [TestCase("int hs", "int more(void) { return 3; } int hs", "the object has a function more too")]
    [TestCase("int hs", "int (*more)(int) = check; int hs", "the object has a variable more too, which refers to a function")]
    public void Difference_in_words(string from, string to, string words)
    {
        var made = ComparedObjects.Compile("gcc-12 -fcf-protection=none", ComparedObjects.Source);
        var shipped = ComparedObjects.Compile("gcc-12 -fcf-protection=none", ComparedObjects.Source.Replace(from, to));
        Assert.That(ComparedObjects.Difference(made, shipped), Is.EqualTo("OtherCode: " + words));
    }

    [TestCase("gcc")]
    [TestCase("gcc -fno-pie")]
    [TestCase("gcc-11")]
    public void Unrelated_text_shifts_what_functions_refer_to(string compiler)
    {
        const string More = "const char extra[] = \"xxx\", *const further = \"an unrelated text\"; int hs";
        var made = ComparedObjects.Compile(compiler, ComparedObjects.Source);
        var shipped = ComparedObjects.Compile(compiler, ComparedObjects.Source.Replace("int hs", More));
        Assert.That(ComparedObjects.Difference(made, shipped), Is.Null);
        Assert.That(ComparedObjects.Difference(shipped, made), Is.Null);
    }

    [Test]
    public void Same_sizes_in_another_order()
    {
        // A call within one section has no relocation: the same distance leads to another function.
        const string Calls = """
            __attribute__((noinline)) int first(int x) { __asm__ ("nop"); return x + 1; }
            __attribute__((noinline)) int second(int x) { __asm__ ("nop"); return x + 2; }
            int use(int x) { return first(x) ^ 5; }
            """;
        var lines = Calls.Split('\n');
        var made = ComparedObjects.Compile("gcc -fno-toplevel-reorder -fno-semantic-interposition -fvisibility=hidden", Calls);
        var shipped = ComparedObjects.Compile(
            "gcc -fno-toplevel-reorder -fno-semantic-interposition -fvisibility=hidden", string.Join('\n', lines[1], lines[0], lines[2].Replace("first", "second")));
        Assert.That(ComparedObjects.Difference(made, shipped), Does.StartWith("OtherCode: "));
    }

    [TestCase("__DATE__", "Nov 28 2026", "Nov  3 2027")]
    [TestCase("__TIME__", "02:36:54", "23:59:00")]
    [TestCase("__TIMESTAMP__", "Sat Nov 28 02:36:54 2026", "Sun Nov 29 03:36:54 2026")]
    public void Only_the_time_of_the_compile(string macro, string first, string second)
    {
        var source = $$"""extern void say(const char *); void f(void) { say("built " {{macro}} " by"); } const char at[] = {{macro}};""";
        byte[] At(string text) => ComparedObjects.Compile("gcc", source, "-Wno-builtin-macro-redefined", $"-D{macro}=\"{text}\"");
        Assert.That(ComparedObjects.Difference(At(first), At(first)), Is.Null);
        Assert.That(ComparedObjects.Difference(At(first), At(second)), Is.EqualTo("CompileTime: " + macro));
        Assert.That(ComparedObjects.Difference(At(first), At("no time at all"[..Math.Min(14, first.Length)].PadRight(first.Length))), Does.StartWith("OtherCode: "));
    }

    [Test]
    public void Copies_without_code_or_names()
    {
        using var lab = new ObjectLab();
        var made = lab.Compile("gcc -g", ComparedObjects.Source);
        lab.Run("objcopy", "--only-keep-debug", made, "copy.o");
        lab.Run("strip", "-o", "stripped.o", made);
        lab.Run("ld", "-r", "-o", "linked.o", made);
        string? Against(string name) => ComparedObjects.Difference(File.ReadAllBytes(made), File.ReadAllBytes(lab.PathOf(name)));
        Assert.That(Against("copy.o"), Does.StartWith("NoCode: "));
        Assert.That(Against("stripped.o"), Does.StartWith("Unreadable: "));
        Assert.That(Against("linked.o"), Is.Null);
    }

    [Test]
    public void Filler_between_functions()
    {
        var made = ComparedObjects.Assemble(".text\n.globl f, h\n.type f,@function\nf: ret\n.size f,.-f\n.p2align 4\n.type h,@function\nh: ret\n.size h,.-h\n");
        var shipped = ComparedObjects.Assemble(".text\n.globl f, h\n.type f,@function\nf: ret\n.size f,.-f\n.p2align 4,0xcc\n.type h,@function\nh: ret\n.size h,.-h\n");
        var code = ComparedObjects.Assemble(".text\n.globl f, h\n.type f,@function\nf: ret\n.size f,.-f\nmov %rax,%rbx\n.p2align 4\n.type h,@function\nh: ret\n.size h,.-h\n");
        Assert.That(ComparedObjects.Difference(made, shipped), Is.Null);
        Assert.That(ComparedObjects.Difference(made, code), Does.Contain("between"));
    }

    [TestCase("__func__.12", "__func__.")]
    [TestCase(".LC4", ".LC")]
    [TestCase("__UNIQUE_ID_license307", "__UNIQUE_ID_license")]
    [TestCase("sha256", "sha256")]
    [TestCase("12", "12")]
    [TestCase("", "")]
    public void Stem_of_a_numbered_name(string name, string stem) => Assert.That(LocalName.Stem(name), Is.EqualTo(stem));
}
