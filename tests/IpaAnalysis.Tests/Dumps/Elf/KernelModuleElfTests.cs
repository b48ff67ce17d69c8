using IpaAnalysis.Dumps.Elf.References;

namespace IpaAnalysis.Tests.Dumps.Elf;

/// <summary>A module that kbuild makes: tracing, unwinding, static calls, jump labels and exports around the clones.</summary>
internal sealed class KernelModuleElfTests
{
    private const string Source = """
        #include <linux/module.h>
        #include <linux/uaccess.h>
        #include <linux/jump_label.h>
        #include <linux/slab.h>
        static DEFINE_STATIC_KEY_FALSE(key);
        struct pair { long a, b; };
        int probe_sink(long x); int probe_sink(long x) { asm volatile("" : "+r" (x)); return x; }
        EXPORT_SYMBOL_GPL(probe_sink);
        static noinline long specialised(long x, int k)
        { for (int i = 0; i < k; i++) { x = x * 3 + probe_sink(x); WARN_ON(x == 9); } if (static_branch_unlikely(&key)) pr_info("x\n"); return x; }
        static noinline long scalarised(struct pair *p, long n)
        { long b = p->b, s = probe_sink(n); for (long i = 0; i < n; i++) s += probe_sink(b) * i; BUG_ON(s == 5); return s; }
        static noinline long faulting(long __user *p, int k)
        { long v; if (__get_user(v, p)) return -EFAULT; for (int i = 0; i < k; i++) v += probe_sink(v); return v; }
        long probe_one(long x); long probe_one(long x) { return specialised(x, 7) + 1; }
        long probe_two(long x); long probe_two(long x) { return specialised(x + 1, 7) * 2; }
        long probe_three(long n, long m); long probe_three(long n, long m) { struct pair q = { n, m }; return scalarised(&q, n); }
        long probe_four(long n, long m); long probe_four(long n, long m) { struct pair q = { m, n }; return scalarised(&q, n) + 1; }
        long probe_five(long __user *p); long probe_five(long __user *p) { return faulting(p, 3) + 1; }
        EXPORT_SYMBOL(probe_one); EXPORT_SYMBOL(probe_five);
        static int __init probe_start(void) { void *p = kmalloc(specialised(3, 7) & 63, GFP_KERNEL); kfree(p); return 0; }
        static void __exit probe_stop(void) { specialised(4, 7); }
        module_init(probe_start); module_exit(probe_stop); MODULE_LICENSE("GPL");
        """;

    [TestCase("")]
    [TestCase("-ffunction-sections")]
    [TestCase("-fpatchable-function-entry=16,16")]
    public void No_clone_of_a_module_has_its_address_taken(string flags)
    {
        using var lab = new ObjectLab();
        var headers = Tools.RequireKernelHeaders();
        lab.Write("unit.c", Source);
        lab.Write("Makefile", "obj-m := probe.o\nprobe-y := unit.o\n");
        lab.Run("make", "-C", headers, "M=" + lab.PathOf("."), "KCFLAGS=" + flags, "KBUILD_MODPOST_WARN=1", "modules");
        foreach (var name in new[] { "unit.o", "probe.o", "probe.ko" })
        {
            var uses = ObjectLab.Uses(lab.PathOf(name), CloneSource.IsClone);
            Assert.That(uses.Keys, Does.Contain("specialised.constprop.0").And.Contain("scalarised.isra.0"), name);
            Assert.That(uses.Values, Has.All.EqualTo(AddressUse.NotTaken), $"{name}: {string.Join(' ', uses)}");
            var entries = ObjectLab.Uses(lab.PathOf(name), static n => n is "probe_start" or "probe_stop" or "init_module" or "cleanup_module" or "probe_one");
            Assert.That(entries["probe_one"], Is.EqualTo(AddressUse.NotTaken), name);
            if (name == "probe.ko")
            {
                Assert.That(entries["init_module"], Is.EqualTo(AddressUse.Taken));
                Assert.That(entries["probe_start"], Is.EqualTo(AddressUse.Taken));
                Assert.That(entries["probe_stop"], Is.EqualTo(AddressUse.Taken));
            }
        }
    }
}
