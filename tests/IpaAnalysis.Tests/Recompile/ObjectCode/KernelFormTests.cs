namespace IpaAnalysis.Tests.Recompile.ObjectCode;

/// <summary>What objtool and recordmcount write is no difference; anything like it is.</summary>
internal sealed class KernelFormTests
{
    private const string Nop5 = ".byte 0x0f,0x1f,0x44,0,0\n";
    private const string Table = ".section __jump_table,\"aw\"\n.long 1b - .\n.long 2f - .\n.quad key + {0} - .\n";

    [TestCase(".text", "call __fentry__", Nop5, "__fentry__", TestName = "Mcount_call")]
    [TestCase(".section .noinstr.text,\"ax\"", "call __sanitizer_cov_trace_pc", Nop5, "__sanitizer_cov_trace_pc", TestName = "Instrumentation_call")]
    [TestCase(".section .noinstr.text,\"ax\"", "jmp __sanitizer_cov_trace_pc", ".byte 0xc3,0xcc,0x0f,0x1f,0\n", "__sanitizer_cov_trace_pc", TestName = "Instrumentation_jump")]
    public void Overwritten_call(string section, string call, string replacement, string callee)
    {
        var made = Function(section, call);
        var mark = $".reloc .-4, R_X86_64_NONE, {callee}\n";
        Assert.That(ComparedObjects.Difference(made, Function(section, replacement + mark)), Is.Null);
        Assert.That(ComparedObjects.Difference(made, Function(section, replacement)), Does.StartWith("OtherCode: "), "nothing marks the place");
        Assert.That(ComparedObjects.Difference(made, Function(section, replacement + ".reloc .-4, R_X86_64_NONE, other\n")), Does.StartWith("OtherCode: "));
        Assert.That(ComparedObjects.Difference(made, Function(section, ".byte 0x0f,0x1f,0x44,0,1\n" + mark)), Does.StartWith("OtherCode: "), "another instruction");
        Assert.That(ComparedObjects.Difference(Function(section, "call other"), Function(section, replacement + mark)), Does.StartWith("OtherCode: "));
    }

    [Test]
    public void Instrumentation_stays_where_it_may_be()
    {
        var made = Function(".text", "call __sanitizer_cov_trace_pc");
        var shipped = Function(".text", Nop5 + ".reloc .-4, R_X86_64_NONE, __sanitizer_cov_trace_pc\n");
        Assert.That(ComparedObjects.Difference(made, shipped), Does.StartWith("OtherCode: "));
    }

    [TestCase("jmp 2f", ".byte 0x66,0x90\n", TestName = "Short_jump_label")]
    [TestCase(".byte 0xe9; .long 2f - . - 4", Nop5, TestName = "Long_jump_label")]
    public void Overwritten_jump(string jump, string replacement)
    {
        byte[] Label(string instruction, int key) => Function(".text", $"1: {instruction}\nnop\n2:\n", Table.Replace("{0}", $"{key}").Replace("2f", "2b"));
        Assert.That(ComparedObjects.Difference(Label(jump, 2), Label(replacement, 2)), Is.Null);
        Assert.That(ComparedObjects.Difference(Label(jump, 3), Label(replacement, 3)), Is.Null);
        Assert.That(ComparedObjects.Difference(Label(jump, 0), Label(replacement, 0)), Does.StartWith("OtherCode: "), "nobody asked for it");
        Assert.That(ComparedObjects.Difference(Label(jump, 2), Label(replacement, 0)), Does.StartWith("OtherCode: "), "another entry");
        Assert.That(ComparedObjects.Difference(Function(".text", $"1: {jump}\nnop\n2:\n"), Function(".text", $"1: {replacement}\nnop\n2:\n")), Does.StartWith("OtherCode: "), "no entry");
    }

    [Test]
    public void Added_sections_and_symbols()
    {
        var made = Function(".text", "call other");
        const string Added = """
            .section .orc_unwind,"a"
            .long 5
            .section .return_sites,"a"
            .long f - .
            .section __mcount_loc,"a"
            .quad f
            .text
            .type __pfx_f,@function
            __pfx_f = f

            """;
        Assert.That(ComparedObjects.Difference(made, Function(".text", "call other", Added)), Is.Null);
        Assert.That(ComparedObjects.Difference(made, Function(".text", "call other", ".section .altinstructions,\"a\"\n.long f - .\n")), Does.StartWith("OtherCode: "));
    }

    [Test]
    public void Module_that_the_kernel_s_build_compiled()
    {
        var headers = Tools.RequireKernelHeaders();
        using var tree = new TemporaryTree("ipa-objtool-");
        tree.Write("Kbuild", "obj-m := labels.o\n");
        tree.Write("labels.c", """
            #include <linux/module.h>
            #include <linux/jump_label.h>
            #include <linux/bug.h>
            DEFINE_STATIC_KEY_FALSE(labels_key);
            DEFINE_STATIC_KEY_TRUE(labels_other);
            extern int labels_out(int);
            int labels_f(int x)
            {
            	WARN_ON(x == 7);
            	if (static_branch_unlikely(&labels_key))
            		x = labels_out(x) + 3;
            	if (static_branch_likely(&labels_other))
            		pr_info("other %d\n", x);
            	switch (x) { case 1: return labels_out(9); case 2: return labels_out(8) + 1; case 3: return 99; case 4: return 55; case 5: return labels_out(1); }
            	return static_branch_unlikely(&labels_other) ? 5 : x * 1000;
            }
            MODULE_LICENSE("GPL");
            """);
        tree.Run("", "make", "-s", "-C", headers, $"M={tree.Path}", "labels.o");
        var command = File.ReadLines(tree[".labels.o.cmd"]).First();
        command = command[(command.IndexOf(":=", StringComparison.Ordinal) + 2)..command.IndexOf(" -c -o ", StringComparison.Ordinal)];
        byte[] Recompiled()
        {
            tree.Run("", "sh", "-c", $"cd {headers} && {command} -g0 -c -o {tree["made.o"]} {tree["labels.c"]}");
            return File.ReadAllBytes(tree["made.o"]);
        }

        var shipped = File.ReadAllBytes(tree["labels.o"]);
        Assert.That(shipped.AsSpan().SequenceEqual(Recompiled()), Is.False, "objtool has added nothing");
        Assert.That(ComparedObjects.Difference(Recompiled(), shipped), Is.Null);
        tree.Write("labels.c", File.ReadAllText(tree["labels.c"]).Replace("1000", "1001"));
        Assert.That(ComparedObjects.Difference(Recompiled(), shipped), Does.StartWith("OtherCode: labels_f has"));
    }

    private static byte[] Function(string section, string body, string behind = "") =>
        ComparedObjects.Assemble($"{section}\n.globl f\n.type f,@function\nf:\n{body}\nxor %eax,%eax\nret\n.size f,.-f\n{behind}");
}
