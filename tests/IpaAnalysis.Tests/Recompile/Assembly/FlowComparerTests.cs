using System.Text;
using IpaAnalysis.Recompile.Assembly.Flow;
using IpaAnalysis.Recompile.Assembly.Syntax;

namespace IpaAnalysis.Tests.Recompile.Assembly;

/// <summary>Codes that run the same instructions in another order of blocks are told from those that do not.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class FlowComparerTests
{
    private const string Loop = "testl %edi,%edi|jle .L1|.p2align 4|.L2:|call g|subl $1,%edi|jne .L2|.L1:|ret";

    [TestCase(Loop, "testl %edi,%edi|jg .L1|ret|.p2align 3|.L1:|call g|subl $1,%edi|je .L2|jmp .L1|.L2:|ret", true, TestName = "Opposite conditions and another place")]
    [TestCase(Loop, "jmp .L3|.L3:|testl %edi,%edi|jng .L1|.L2:|call g|subl $1,%edi|jnz .L2|.L1:|ret", true, TestName = "Other names of conditions, a jump to the next line")]
    [TestCase(Loop, "testl %edi,%edi|jl .L1|.L2:|call g|subl $1,%edi|jne .L2|.L1:|ret", false, TestName = "Another condition")]
    [TestCase(Loop, "testl %edi,%edi|jle .L1|.L2:|call g|subl $1,%edi|je .L2|.L1:|ret", false, TestName = "The opposite condition alone")]
    [TestCase(Loop, "testl %edi,%edi|jle .L1|.L2:|call g|subl $2,%edi|jne .L2|.L1:|ret", false, TestName = "Another number")]
    [TestCase(Loop, "testl %edi,%edi|jle .L1|.L2:|subl $1,%edi|call g|jne .L2|.L1:|ret", false, TestName = "Another order of instructions")]
    [TestCase(Loop, "testl %edi,%edi|jle .L1|call g|.L2:|subl $1,%edi|jne .L2|.L1:|ret", false, TestName = "Another target")]
    [TestCase(Loop, "testl %edi,%edi|jle .L1|.L2:|call g|subl $1,%edi|jne .L2|.L1:|ret|nop", false, TestName = "Code that nothing leads to")]
    [TestCase(Loop, "testl %edi,%edi|jle .L1|.L2:|call g|subl $1,%edi|jne .L2|.L1:|ret|int3", true, TestName = "A trap behind the end")]
    [TestCase("jmp .L1|.L1:|jmp .L1", "jmp .L1|.L1:|jmp .L1", false, TestName = "A circle of jumps")]
    [TestCase("je .L9|ret", "je .L9|ret", false, TestName = "A label of nothing")]
    [TestCase("movl n{1},%eax|movl n{2},%ecx|je .L1|ret|.L1:|call a|ret", "movl n{1},%eax|movl n{2},%ecx|jne .L1|call a|ret|.L1:|ret", true, TestName = "Numbered names in the same order")]
    [TestCase("je .L1|movl n{1},%eax|ret|.L1:|movl n{2},%eax|ret", "jne .L1|movl n{1},%eax|ret|.L1:|movl n{2},%eax|ret", true, TestName = "Numbered names in another order")]
    [TestCase("je .L1|movl n{1},%eax|ret|.L1:|movl n{2},%eax|movl n{1},%eax|ret", "je .L1|movl n{1},%eax|ret|.L1:|movl n{2},%eax|movl n{2},%eax|ret", false, TestName = "Another numbered name")]
    [TestCase("je .L1|movl n{1},%eax|ret|.L1:|movl m{1},%eax|ret", "je .L1|movl m{1},%eax|ret|.L1:|movl n{1},%eax|ret", false, TestName = "Numbered names of another base")]
    [TestCase("jmp *{table 1}(,%rdi,8)|.L1:|call a|ret|.L2:|ret|[table 1]|.quad .L1|.quad .L2", "jmp *{table 1}(,%rdi,8)|.L2:|ret|.L1:|call a|ret|[table 1]|.quad .L1|.quad .L2", true, TestName = "A table of jumps")]
    [TestCase("jmp *{table 1}(,%rdi,8)|.L1:|call a|ret|.L2:|ret|[table 1]|.quad .L1|.quad .L2", "jmp *{table 1}(,%rdi,8)|.L2:|ret|.L1:|call a|ret|[table 1]|.quad .L2|.quad .L1", false, TestName = "Another table of jumps")]
    [TestCase("1:|nop|[__ex_table]|.balign 4|.long 1b - .|[.text]|je .L1|ret|.L1:|ud2", "1:|nop|[__ex_table]|.balign 4|.long 1b - .|[.text]|jne .L1|ud2|.L1:|ret", true, TestName = "Inline assembly with another section")]
    [TestCase("1:|nop|[__ex_table]|.balign 4|.long 1b - .|[.text]|je .L1|ret|.L1:|ud2", "1:|nop|[__ex_table]|.balign 8|.long 1b - .|[.text]|je .L1|ret|.L1:|ud2", false, TestName = "Another alignment of data")]
    [TestCase("1:|jmp .L1|[__jump_table]|.long 1b - .,.L1 - .|[.text]|ret|.L1:|ud2", "1:|jmp .L1|[__jump_table]|.long 1b - .,.L1 - .|[.text]|.L1:|ud2|ret", false, TestName = "Data behind a jump of inline assembly")]
    [TestCase("je .L1|ret|<self>.cold:|.L1:|call g|call __stack_chk_fail", "jne .L1|call g|call __stack_chk_fail|.L1:|ret", true, TestName = "Without a cold part, an end that does not return")]
    [TestCase("je .L1|call g|.L1:|ret", "jne .L1|ret|.L1:|call g|.L2:|ret", true, TestName = "A return twice")]
    public void X64(string first, string second, bool isSame) => Check(first, second, ConstantLoad.X64, isSame);

    [TestCase("cbz w0,.L1|bl g|.L1:|ret", "cbnz w0,.L2|ret|.L2:|bl g|ret", true)]
    [TestCase("cbz w0,.L1|bl g|.L1:|ret", "cbnz x0,.L2|ret|.L2:|bl g|ret", false)]
    [TestCase("cmp w0,3|b.hi .L1|bl g|.L1:|ret", "cmp w0,3|bls .L2|ret|.L2:|bl g|ret", true)]
    [TestCase("tbz x1,#3,.L1|bl g|.L1:|b other", "tbnz x1,#3,.L2|b other|.L2:|bl g|b other", true)]
    [TestCase("tbz x1,#3,.L1|bl g|.L1:|b other", "tbnz x1,#4,.L2|b other|.L2:|bl g|b other", false)]
    public void AArch64(string first, string second, bool isSame) => Check(first, second, ConstantLoad.AArch64, isSame);

    [Test]
    public void Nothing_is_the_same_where_the_flow_is_not_known() => Check("nop|ret", "nop|ret", ConstantLoad.Unknown, false);

    /// <summary>Real functions whose blocks are put in every sort of order, with jumps and opposite conditions where they are needed.</summary>
    [TestCase("gcc", "-O2")]
    [TestCase("gcc", "-Os -fno-jump-tables")]
    [TestCase("gcc-11", "-O3")]
    [TestCase("aarch64-linux-gnu-gcc", "-O2 -fno-section-anchors")]
    public void Blocks_in_any_order(string compiler, string flags)
    {
        var machine = AssemblyTexts.MachineOf(compiler);
        var processor = AssemblySyntax.Of(machine)!.Loads;
        var random = new Random(7);
        var (same, other) = (0, 0);
        foreach (var function in AssemblyTexts.Read(compiler, flags, GeneratedProgram.Of(120, inlineAssembly: false)).Functions.SelectMany(f => Enumerable.Repeat(f, 4)))
        {
            string[] lines = [.. function.ReadLines()];
            var shuffled = ShuffledBlocks.Of(lines, processor, random);
            if (shuffled is null || !FlowComparer.IsSame(function.Code, function.Code, processor))
            {
                continue;
            }

            same++;
            Assert.That(FlowComparer.IsSame(function.Code, Code(shuffled), processor), Is.True, () => $"{function.Symbol}\n{string.Join('\n', lines)}\n---\n{string.Join('\n', shuffled)}");
            Assert.That(FlowComparer.IsSame(Code(shuffled), function.Code, processor), Is.True);

            // One instruction more, at any place.
            var at = random.Next(Array.FindIndex(shuffled, l => l.StartsWith("[table", StringComparison.Ordinal)) is > 0 and var tables ? tables : shuffled.Length);
            var changed = shuffled.ToList();
            changed.Insert(Math.Max(1, at), "frob %eax");
            other++;
            Assert.That(FlowComparer.IsSame(function.Code, Code([.. changed]), processor), Is.False, () => string.Join('\n', changed));
        }

        Assert.That((same, other), Is.GreaterThan((100, 100)));
    }

    private static void Check(string first, string second, ConstantLoad processor, bool isSame)
    {
        Assert.That(FlowComparer.IsSame(Code(first.Split('|')), Code(second.Split('|')), processor), Is.EqualTo(isSame));
        Assert.That(FlowComparer.IsSame(Code(second.Split('|')), Code(first.Split('|')), processor), Is.EqualTo(isSame));
    }

    private static byte[] Code(string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));
}
