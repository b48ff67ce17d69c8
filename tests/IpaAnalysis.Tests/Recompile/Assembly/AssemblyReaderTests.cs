using System.Text;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Recompile.Assembly;
using IpaAnalysis.Recompile.Assembly.Units;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>What belongs to a function, and in which form.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class AssemblyReaderTests
{
    [Test]
    public void Labels_constants_statics_and_cold_parts_lose_their_numbers()
    {
        var unit = AssemblyTexts.Read("""
                .section .rodata.str1.1,"aMS",@progbits,1
            .LC7:
                .string "a; # \"b\""
                .text
                .p2align 4
                .globl  g
                .type   g, @function
            g:
            .LFB3:
                .cfi_startproc
                leaq    .LC7(%rip), %rdi   # a comment
                movl    n.12(%rip), %eax; addl n.3(%rip), %eax
                je      .L9
                call    g@PLT
                call    h.isra.4
                .p2align 4,,10
            .L8: movl $.L8, %eax
                .cfi_endproc
                .section .text.unlikely
                .type   g.cold, @function
            g.cold:
            .L9:
                call    abort /* never
                comes back */
                .text
                .size   g, .-g
                .section .text.unlikely
                .size   g.cold, .-g.cold
                .set    g.localalias,g
                .set    other,g
                .ident  "GCC"
            """);

        Assert.That(unit.NotUnderstood, Is.Empty);
        Assert.That(unit.Functions.Select(f => f.Symbol), Is.EqualTo((string[])["g"]));
        Assert.That(unit.Functions[0].Aliases, Is.EqualTo((string[])["other"]));
        Assert.That(unit.Functions[0].Line, Is.EqualTo(8));
        Assert.That(unit.Functions[0].ReadLines(), Is.EqualTo((string[])
        [
            "leaq {.string \"a; # \\\"b\\\"\"}(%rip),%rdi",
            "movl n{1}(%rip),%eax",
            "addl n{2}(%rip),%eax",
            "je .L1",
            "call <self>",
            "call h.isra{1}",
            ".p2align 4,,10",
            ".L2:",
            "movl $.L2,%eax",
            "<self>.cold:",
            ".L1:",
            "call abort",
        ]));
        Assert.That(unit.Aliases, Does.Contain(new AssemblyAlias("g.localalias", "g")));
    }

    [TestCase("g", "g", "")]
    [TestCase("g.part.0.isra.12", "g", "part.isra")]
    [TestCase("g.constprop.3.cold", "g", "constprop")]
    [TestCase("inner.5", "inner", "")]
    [TestCase("g.localalias.0", "g", "")]
    public void Symbols_have_an_origin_and_a_kind(string symbol, string origin, string kind)
    {
        var function = AssemblyTexts.Read(AssemblyTexts.Functions((symbol, "\tnop"))).Functions.Single();

        Assert.That((function.Symbol, function.Origin, function.Kind), Is.EqualTo((symbol, origin, kind)));
    }

    [Test]
    public void What_inline_assembly_puts_elsewhere_belongs_to_the_function()
    {
        static string Text(string offset) => AssemblyTexts.Functions(
            ("f", $"#APP\n# 12 \"a.c\" 1\n\t1: nop; 2: # ; no\n.pushsection __ex_table,\"a\"\n.long 1b - ., {offset}\n.popsection\n# 0 \"\" 2\n#NO_APP"),
            ("g", "\tcall f"));

        Assert.That(AssemblyTexts.Read(Text("2b - .")).Functions[0].ReadLines(), Is.EqualTo((string[])
            ["1:", "nop", "2:", "[__ex_table]", ".long 1b - .,2b - .", "[.text]", "ret"]));
        Assert.That(AssemblyTexts.Differing(Text("2b - ."), Text("1b - .")), Is.EqualTo((string[])["f"]));
    }

    [Test]
    public void Tables_are_part_of_the_function_that_uses_them()
    {
        static string Text(string number, string value, string label) =>
            AssemblyTexts.Functions(("f", $"\tmovl CSWTCH.{number}(,%rax,4), %eax\n\tjmp *t.{number}(,%rax,8)\n.L5:\n\tnop\n.L6:\n\tnop"), ("g", "\tnop"))
            + $"\t.section .rodata\n\t.type CSWTCH.{number}, @object\nCSWTCH.{number}:\n\t.long 1\n\t.long {value}\nt.{number}:\n\t.quad .L5\n\t.quad {label}\n";

        Assert.That(AssemblyTexts.Differing(Text("12", "7", ".L6"), Text("17", "7", ".L6")), Is.Empty);
        Assert.That(AssemblyTexts.Differing(Text("12", "7", ".L6"), Text("12", "8", ".L6")), Is.EqualTo((string[])["f"]));
        Assert.That(AssemblyTexts.Differing(Text("12", "7", ".L6"), Text("12", "7", ".L5")), Is.EqualTo((string[])["f"]));
    }

    [Test]
    public void Long_constants_are_told_apart()
    {
        static string Text(string content) =>
            $"\t.section .rodata.str1.8\n.LC0:\n\t.string \"{content}\"\n" + AssemblyTexts.Functions(("f", "\tleaq .LC0(%rip), %rdi"));

        var text = new string('x', 5000);
        Assert.That(AssemblyTexts.Differing(Text(text + "a"), Text(text + "b")), Is.EqualTo((string[])["f"]));
        Assert.That(AssemblyTexts.Differing(Text(text + "a"), Text(text + "a")), Is.Empty);
    }

    [Test]
    public void Section_anchors_mean_variables()
    {
        static string Text(params string[] variables) =>
            "\t.text\n\t.type\tf, %function\nf:\n\tadrp\tx0, .LANCHOR0+8\n\tldr\tw0, [x0, #:lo12:.LANCHOR0+8]\n\tldr\tw1, [x1, #:lo12:.LANCHOR0 + 4] // two\n\tret\n\t.size\tf, .-f\n"
            + "\t.bss\n\t.align\t3\n\t.set\t.LANCHOR0,. + 0\n" + string.Concat(variables.Select(v => $"\t.type\t{v}, %object\n\t.size\t{v}, 4\n{v}:\n\t.zero\t4\n"));

        Assert.That(AssemblyTexts.Read(Text("a", "b", "c"), ElfMachine.AArch64).Functions[0].ReadLines(), Is.EqualTo((string[])
            ["adrp x0,c", "ldr w0,[x0,#:lo12:c]", "ldr w1,[x1,#:lo12:b]", "ret"]));
        Assert.That(AssemblyTexts.Read(Text("a", "b"), ElfMachine.AArch64).Functions[0].ReadLines()[0], Is.EqualTo("adrp x0,b+4"));
    }

    [TestCase("a b c", 8, "a b c", 8, false)]
    [TestCase("a b c", 8, "x a b c", 12, false, TestName = "The same variable at another place")]
    [TestCase("a b c", 8, "x a b c", 8, true, TestName = "Another variable at the same place")]
    [TestCase("a b c", 8, "x a b c", 4, true, TestName = "Another variable")]
    [TestCase("a b c", 8, "a b c", 4, true)]
    [TestCase("a.1 b.2 c.3", 8, "x a.4 b.5 c.0", 12, false, TestName = "The same local variable")]
    public void Offsets_from_anchors_in_registers_mean_variables(string variables, int offset, string otherVariables, int otherOffset, bool differs)
    {
        static AssemblyUnit Read(string variables, int offset) => AssemblyTexts.Read(
            $"\t.text\n\t.type\tf, %function\nf:\n\tadrp\tx0, .LANCHOR0\n\tadd\tx0, x0, :lo12:.LANCHOR0\n\tldr\tw0, [x0, {offset}]\n\tmov\tw1, 77\n\tret\n\t.size\tf, .-f\n"
            + "\t.bss\n\t.align\t3\n\t.set\t.LANCHOR0,. + 0\n" + string.Concat(variables.Split(' ').Select(v => $"{v}:\n\t.zero\t4\n")),
            ElfMachine.AArch64);

        Assert.That(AssemblyTexts.Differing(Read(variables, offset), Read(otherVariables, otherOffset)), Is.EqualTo(differs ? ["f"] : (string[])[]));
        Assert.That(AssemblyTexts.Differing(Read(otherVariables, otherOffset), Read(variables, offset)), Is.EqualTo(differs ? ["f"] : (string[])[]));
    }

    [Test]
    public void Characters_of_comments_and_separators_in_literals_are_data()
    {
        var unit = AssemblyTexts.Read(AssemblyTexts.Functions(("f", "\tcmpb $'#', %al; cmpb $';, %al\n\t.ascii \"/* // ; # \\\\\"; nop")));

        Assert.That(unit.Functions[0].ReadLines(), Is.EqualTo((string[])["cmpb $'#',%al", "cmpb $';,%al", ".ascii \"/* // ; # \\\\\"", "nop", "ret"]));
    }

    [Test]
    public void Code_in_no_function_is_told()
    {
        Assert.That(AssemblyTexts.Read("\t.text\n\tnop\n").NotUnderstood, Has.Length.EqualTo(1));
        Assert.That(AssemblyTexts.Read("\t.text\n\t.type f, @function\nf:\n\tnop\n").NotUnderstood, Has.Length.EqualTo(1));
        Assert.That(AssemblyTexts.Read("\t.text\n\t.brandnew 3\n").NotUnderstood.Single().Message, Does.Contain(".brandnew"));
        var top = AssemblyTexts.Read("#APP\n\t.pushsection .x\n\tt: nop\n\t.popsection\n#NO_APP\n" + AssemblyTexts.Functions(("f", "\tnop")));
        Assert.That(top.NotUnderstood, Is.Empty);
        Assert.That(Encoding.UTF8.GetString(top.TopLevelCode.Span), Does.Contain("nop"));
        Assert.That(top.Functions, Has.Length.EqualTo(1));
    }

    [Test]
    public void Processors_that_were_never_tried_are_not_read()
    {
        var unit = AssemblyTexts.Read("f:\n", ElfMachine.RiscV);

        Assert.That(unit.IsMachineKnown, Is.False);
        Assert.That(AssemblyComparer.Compare(unit, unit).NotExact, Is.EqualTo((string[])["assembly for the processor RiscV"]));
    }
}
