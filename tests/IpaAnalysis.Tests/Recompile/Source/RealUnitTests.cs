using System.Text.RegularExpressions;
using IpaAnalysis.Recompile.Source;

namespace IpaAnalysis.Tests.Recompile.Source;

/// <summary>The scanner against the compiler: it finds the same definitions, and attributes take effect where they are put.</summary>
[TestFixture]
internal sealed class RealUnitTests
{
    private const string Module =
        """
        #include <linux/module.h>
        #include <linux/fs.h>
        #include <linux/netdevice.h>
        #include <linux/pci.h>
        #include <linux/syscalls.h>
        #include <linux/cpuhotplug.h>
        #include <net/tcp.h>
        #include <trace/events/sched.h>
        static DEFINE_MUTEX(lock);
        static LIST_HEAD(list);
        static DEFINE_PER_CPU(int, per_cpu_value);
        DECLARE_WAIT_QUEUE_HEAD(queue);
        static int number;
        module_param_named(n, number, int, 0444);
        int exported(int x) { return x * number; }
        EXPORT_SYMBOL_GPL(exported);
        static int __maybe_unused only_here(int x) { mutex_lock(&lock); number = x; mutex_unlock(&lock); return exported(x); }
        SYSCALL_DEFINE2(sample, int, a, char __user *, b) { return only_here(a) + copy_to_user(b, &a, sizeof(a)); }
        static int __init start(void) { pr_info("%d\n", this_cpu_read(per_cpu_value)); return only_here(list_empty(&list)); }
        static void __exit stop(void) { wake_up(&queue); }
        module_init(start);
        module_exit(stop);
        MODULE_LICENSE("GPL");

        """;

    [Test]
    public void Kernel_module()
    {
        using var kernel = new KernelUnit(Module);
        var unit = SourceScanner.Scan(kernel.Text);
        var plain = CompilerView.Of(kernel.Tree, kernel.Compiler, kernel.Text, kernel.Flags);
        CompilerView Compile(byte[] text) => CompilerView.Of(kernel.Tree, kernel.Compiler, text, kernel.Flags);
        Compare(unit, plain, kernel.Text, Compile);
        Assert.That(unit.Definitions, Has.Length.GreaterThan(2000));
        Assert.That(unit.Find("init_module").Single().AliasOf, Is.EqualTo("start"));

        var functions = unit.Definitions.Where(d => d is { Kind: DefinitionKind.Function, AliasOf: null, IsAlwaysInline: false, IsGnuInlineExtern: false }).ToList();
        CheckNoIpa(unit, functions, kernel.Text, Compile);
    }

    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("aarch64-linux-gnu-gcc")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void User_program(string compiler)
    {
        using var tree = new TemporaryTree("ipa-unit-");
        var text = Preprocess(tree, compiler, UserProgram.Text);
        var unit = SourceScanner.Scan(text);
        Compare(unit, CompilerView.Of(tree, compiler, text), text, marked => CompilerView.Of(tree, compiler, marked));
        CheckNoIpa(unit, [.. unit.Definitions.Where(d => d is { Kind: DefinitionKind.Function, AliasOf: null, IsAlwaysInline: false, IsGnuInlineExtern: false })],
            text, marked => CompilerView.Of(tree, compiler, marked));
    }

    [Test]
    public void An_attribute_belongs_to_one_definition()
    {
        using var tree = new TemporaryTree("ipa-unit-");
        var text = Preprocess(tree, "gcc", UserProgram.Text, "-DSMALL");
        var unit = SourceScanner.Scan(text);
        foreach (var definition in unit.Definitions.Where(d => d is { Kind: DefinitionKind.Function, AliasOf: null } && d.File == "u.c"))
        {
            CheckNoIpa(unit, [definition], text, marked => CompilerView.Of(tree, "gcc", marked));
        }
    }

    [Test]
    public void Used_definitions_are_emitted_and_no_others()
    {
        using var tree = new TemporaryTree("ipa-unit-");
        var text = Preprocess(tree, "gcc", string.Concat(UserProgram.Text.Split("int main").Take(1)), "-DSMALL");
        var unit = SourceScanner.Scan(text);
        var statics = unit.Definitions.Where(d => d.IsStatic && d.File == "u.c" && d.Enclosing is null).ToList();
        Assert.That(statics, Has.Count.GreaterThan(40));
        Assert.That(Labels([]).Intersect(statics.Select(d => d.Symbol)), Is.SubsetOf(new[] { "c", "names", "list" }));
        Assert.That(statics.Select(d => d.Symbol), Is.SubsetOf(Labels(statics)));
        foreach (var name in (string[])["a", "b", "c", "d", "e", "top", "table", "far", "second", "atomic_two"])
        {
            var reached = name is "b" ? ["a"] : name is "top" ? ["list"] : name is "second" ? ["first"] : Array.Empty<string>();
            Assert.That(Labels(unit.Find(name)).Except(Labels([])), Is.EquivalentTo(reached.Append(name)), name);
        }

        HashSet<string> Labels(IEnumerable<Definition> used)
        {
            var assembly = CompilerView.Of(tree, "gcc", SourceEdit.Insert(text, used.Select(d => unit.Attribute(d, "__used__")))).Assembly;
            return [.. Regex.Matches(assembly, @"^([\w$]+):|^\t\.comm\t([\w$]+)", RegexOptions.Multiline).Select(m => m.Groups[1].Value + m.Groups[2].Value)];
        }
    }

    [Test]
    public void Nothing_else_moves()
    {
        // The undefined behaviour sanitizer writes every line and column into the assembly.
        using var tree = new TemporaryTree("ipa-unit-");
        foreach (var newline in (string[])["\n", "\r\n"])
        {
            foreach (var text in (byte[][])[Preprocess(tree, "gcc", UserProgram.Text, "-DSMALL"), Preprocess(tree, "gcc", UserProgram.Text, "-DSMALL", "-P")])
            {
                var lines = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(text).ReplaceLineEndings(newline));
                var unit = SourceScanner.Scan(lines);
                var marked = SourceEdit.Insert(lines, unit.Definitions.Select(d => unit.Attribute(d, "__unused__")));
                var assembly = CompilerView.Of(tree, "gcc", lines, "-fsanitize=undefined").Assembly;
                Assert.That(assembly, Does.Contain("__ubsan_handle"));
                Assert.That(CompilerView.Of(tree, "gcc", marked, "-fsanitize=undefined").Assembly, Is.EqualTo(assembly));
            }
        }
    }

    private static byte[] Preprocess(TemporaryTree tree, string compiler, string text, params string[] flags)
    {
        tree.Write("u.c", text);
        tree.Run("", Tools.Require(compiler), [.. flags, "-O2", "-E", "u.c", "-o", "u.pre"]);
        return File.ReadAllBytes(tree["u.pre"]);
    }

    private static void Compare(SourceUnit unit, CompilerView compiler, byte[] text, Func<byte[], CompilerView> compile)
    {
        Assert.That(unit.Gaps, Is.Empty);
        var functions = unit.Definitions.Where(d => d.Kind == DefinitionKind.Function && d.AliasOf is null && d.Resolver is null).ToList();
        Assert.That(functions.Select(d => d.Name), Is.EquivalentTo(compiler.Functions.SelectMany(g => g.Select(_ => g.Key))));
        Assert.That(functions.Select(d => (d.Name, d.Symbol)).Distinct(), Is.EquivalentTo(compiler.Functions.SelectMany(g => g.Distinct().Select(s => (g.Key, s)))));
        var variables = unit.Definitions.Where(d => d.Kind == DefinitionKind.Variable && d.AliasOf is null).ToList();
        Assert.That(variables.Select(d => d.Name), Is.SupersetOf(compiler.Variables));

        // GCC drops static constants that nothing mentions before it writes the list, as those of Linux 6.12's guards; they are definitions all the same.
        var dropped = variables.FindAll(d => !compiler.Variables.Contains(d.Name));
        Assert.That(dropped, Has.All.Matches<Definition>(static d => d!.IsStatic && d.BodyEnd > d.BodyStart));
        if (dropped.Count > 0)
        {
            var kept = compile(SourceEdit.Insert(text, dropped.Select(d => unit.Attribute(d, "__used__")))).Variables;
            Assert.That(variables.Select(d => d.Name), Is.EquivalentTo(kept));
        }
    }

    private static void CheckNoIpa(SourceUnit unit, List<Definition> functions, byte[] text, Func<byte[], CompilerView> compile)
    {
        var marked = compile(SourceEdit.Insert(text, functions.Select(d => unit.Attribute(d, "__noipa__"))));
        var names = functions.Select(d => d.Name).ToHashSet();
        Assert.That(marked.Attributes, Is.Not.Empty);
        foreach (var (name, attributes) in marked.Attributes)
        {
            Assert.That(attributes.Split(", ").Contains("noipa"), Is.EqualTo(names.Contains(name)), $"{name}: {attributes}");
        }
    }
}
