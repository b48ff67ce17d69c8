using System.Diagnostics;
using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Building.Kbuild;

[TestFixture]
internal sealed class KernelModuleBuilderTests
{
    private const string Module =
        """
        #include <linux/module.h>
        #include "h.h"
        static int __init my_init(void) { return hh(3) + other(4); }
        module_init(my_init);
        MODULE_LICENSE("GPL");

        """;

    private static (Sandbox Sandbox, KernelModuleOptions Options) Project()
    {
        Tools.Require("make");
        var headers = Tools.RequireKernelHeaders();
        var sandbox = new Sandbox();
        sandbox.Write("m/h.h", "int other(int x);\nstatic int hh(int x) { int in_header; return x * 3; }\n");
        sandbox.Write("m/a.c", Module);
        sandbox.Write("m/b.c", "int other(int x);\nint other(int x) { int in_b; return x; }\n");
        sandbox.Write("m/Makefile", "obj-m := demo.o\ndemo-y := a.o b.o\n");
        return (sandbox, new KernelModuleOptions
        {
            ModuleDirectory = sandbox.PathOf("m"),
            WorkingDirectory = sandbox.Root,
            KernelBuildDir = headers,
            Jobs = 2,
            Environment = Sandbox.Environment,
            StateFile = sandbox.PathOf("obj/module.state"),
        });
    }

    private static string[] CommonOutputs(Sandbox sandbox) =>
        Tools.ModuleCommonObject(sandbox.PathOf("m")).Length == 0 ? [] : [".module-common.c.000i.ipa-clones", ".module-common.ci"];

    [Test]
    public void A_makefile_finds_its_headers_by_PWD_wherever_the_build_was_started()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        Directory.CreateDirectory(sandbox.PathOf("m/inc"));
        File.Move(sandbox.PathOf("m/h.h"), sandbox.PathOf("m/inc/h.h"));
        sandbox.Write("m/Makefile", "obj-m := demo.o\ndemo-y := a.o b.o\nccflags-y := -I$(PWD)/inc\n");
        foreach (var elsewhere in (string[])["/", sandbox.Root])
        {
            var environment = new Dictionary<string, string>(options.Environment) { ["PWD"] = elsewhere };
            var result = KernelModuleBuilder.Build(options with { Environment = environment }, CancellationToken.None);
            Assert.That(result.Succeeded, Is.True, () => string.Join('\n', sandbox.Show(result.Diagnostics)));
            Assert.That(result.IsUpToDate, Is.EqualTo(elsewhere != "/"), "where it was started changes nothing");
        }
    }

    [Test]
    public void Builds_replays_warnings_notices_changes_and_cleans()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        var own = sandbox.Snapshot("m").Keys.ToArray();
        string[] warnings =
        [
            "m/h.h(2,28): IPA2002: unused variable 'in_header' [-Wunused-variable]",
            "m/b.c(2,24): IPA2002: unused variable 'in_b' [-Wunused-variable]",
        ];

        var first = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(sandbox.Show(first.Diagnostics), Is.EqualTo(warnings));
        Assert.That(first.Succeeded, Is.True);
        Assert.That(first.MakeTime, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(File.Exists(sandbox.PathOf("m/demo.ko")), Is.True);
        Assert.That(File.Exists(Path.Combine(first.Kernel!.BuildDirectory, "include/config/auto.conf")), Is.True);
        Assert.That(File.Exists(Path.Combine(first.Kernel.SourceDirectory, "include/linux/module.h")), Is.True);
        Assert.That(first.OutputFiles.Select(path => Path.GetRelativePath(sandbox.PathOf("m"), path)), Is.EqualTo(
        [
            .. CommonOutputs(sandbox), "a.c.000i.ipa-clones", "a.ci", "b.c.000i.ipa-clones", "b.ci", "demo.mod.c.000i.ipa-clones", "demo.mod.ci",
        ]));

        var before = sandbox.Snapshot();
        var second = KernelModuleBuilder.Build(options with { Jobs = 1 }, CancellationToken.None);
        Assert.That(second.Diagnostics, Is.EqualTo(first.Diagnostics));
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));

        sandbox.Write("m/b.c", "int other(int x);\nint other(int x) { return x; }\n");
        var third = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(sandbox.Show(third.Diagnostics), Is.EqualTo(warnings[..1]));
        Assert.That(sandbox.Show(KernelModuleBuilder.Build(options, CancellationToken.None).Diagnostics), Is.EqualTo(warnings[..1]));

        sandbox.Write("m/user.ci", "mine");
        var cleaned = KernelModuleBuilder.Clean(options, CancellationToken.None);
        Assert.That(sandbox.Show(cleaned.Diagnostics), Is.Empty);
        Assert.That(sandbox.Snapshot("m").Keys, Is.EquivalentTo(own.Append(sandbox.PathOf("m/user.ci"))));
    }

    [Test]
    public void A_C_error_is_told_where_it_is_and_warnings_of_finished_objects_are_kept()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Write("m/a.c", Module.Replace("hh(3)", "hh(undeclared_name_of_nothing)", StringComparison.Ordinal));
        options = options with { MakeArguments = "-k" };
        var failed = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(failed.Succeeded, Is.False);
        Assert.That(sandbox.Show(failed.Diagnostics.Where(static d => !d.Message.StartsWith("control reaches", StringComparison.Ordinal))), Is.EqualTo(new[]
        {
            "m/h.h(2,28): IPA2002: unused variable 'in_header' [-Wunused-variable]",
            "m/a.c(3,45): IPA2001: 'undeclared_name_of_nothing' undeclared (first use in this function)",
            "m/b.c(2,24): IPA2002: unused variable 'in_b' [-Wunused-variable]",
            "m(0,0): IPA2004: make: 'a.o' could not be made (Error 1)",
        }));

        sandbox.Write("m/a.c", Module);
        var repaired = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(repaired.Succeeded, Is.True);
        Assert.That(repaired.Diagnostics.Select(static d => Path.GetFileName(d.File)), Is.EqualTo(new[] { "h.h", "b.c" }));
    }

    [Test]
    public void Undefined_symbols_and_missing_sources_are_told()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Write("m/b.c", "int other(int x);\nint nowhere(int x);\nint other(int x) { return nowhere(x); }\n");
        sandbox.Write("m/h.h", "int other(int x);\nstatic int hh(int x) { return x * 3; }\n");
        var undefined = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(undefined.Diagnostics.Select(static d => $"{d.Code}: {d.Message}"), Is.EqualTo(new[]
        {
            "IPA2005: modpost: \"nowhere\" [demo.ko] undefined!",
            "IPA2004: make: 'Module.symvers' could not be made (Error 1)",
        }));
        Assert.That(undefined.Diagnostics[0].File, Is.EqualTo(sandbox.PathOf("m/demo.ko")));

        File.Delete(sandbox.PathOf("m/b.c"));
        File.Delete(sandbox.PathOf("m/b.o"));
        var missing = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(missing.Diagnostics.Select(static d => $"{d.Code}: {d.Message}"), Is.EqualTo(new[] { "IPA2004: make: No rule to make target 'b.o', needed by 'demo.o'." }));

        sandbox.Write("m/Makefile", "obj-m := demo.o\nnonsense\n");
        var broken = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(sandbox.Show(broken.Diagnostics), Is.EqualTo(new[] { "m/Makefile(2,0): IPA2004: make: missing separator." }));
    }

    [Test]
    public void Warnings_of_modpost_are_replayed_until_it_runs_again()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        options = options with { MakeArguments = "KCFLAGS=-Wno-unused-variable CONFIG_SECTION_MISMATCH_WARN_ONLY=y" };
        sandbox.Write("m/b.c", "#include <linux/init.h>\nint other(int x);\nnoinline static int __init early(int x) { asm(\"\"); return x; }\nint other(int x) { return early(x); }\n");
        var first = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(first.Succeeded, Is.True);
        var warning = first.Diagnostics.Single();
        Assert.That(warning.Descriptor, Is.EqualTo(DiagnosticCatalog.KbuildWarning));
        Assert.That(warning.Message, Does.Match(@"^modpost: demo(\.o)?: ").And.Contain("early"));

        var before = sandbox.Snapshot();
        Assert.That(KernelModuleBuilder.Build(options, CancellationToken.None).Diagnostics, Is.EqualTo(first.Diagnostics));
        Assert.That(sandbox.Snapshot(), Is.EqualTo(before));

        sandbox.Write("m/b.c", "int other(int x);\nint other(int x) { return x; }\n");
        Assert.That(sandbox.Show(KernelModuleBuilder.Build(options, CancellationToken.None).Diagnostics), Is.Empty);
        Assert.That(sandbox.Show(KernelModuleBuilder.Build(options, CancellationToken.None).Diagnostics), Is.Empty);
    }

    [Test]
    public void Flags_are_merged_ours_last_and_an_outer_make_is_not_seen()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Write("m/a.c", Module + "_Static_assert(ONE == 1 && TWO == 2 && THREE == 3, \"\");\n");
        var environment = new Dictionary<string, string>(Sandbox.Environment)
        {
            ["KCFLAGS"] = "-DONE=1",
            ["MAKEFLAGS"] = "n --jobserver-auth=98,99",
            ["MAKELEVEL"] = "3",
            ["GNUMAKEFLAGS"] = "-n",
            ["KBUILD_OUTPUT"] = "/nonexistent",
        };
        var result = KernelModuleBuilder.Build(options with { Environment = environment, MakeArguments = "KCFLAGS=-DTWO=2 V=1 'KCFLAGS+=-DTHREE=3 -Wno-unused-variable'" }, CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Is.Empty);
        Assert.That(result.Succeeded, Is.True);
        Assert.That(result.Log[0], Does.Contain("KCFLAGS=-DONE=1\\ -DTWO=2\\ -DTHREE=3\\ -Wno-unused-variable\\ -fdump-ipa-clones\\ -fcallgraph-info"));
        Assert.That(result.Log[0].Split("KCFLAGS"), Has.Length.EqualTo(2));
        Assert.That(result.Log[0], Does.Not.Contain("CC=").And.EndWith(" modules"));
        Assert.That(result.OutputFiles, Has.Count.EqualTo(6 + CommonOutputs(sandbox).Length));
    }

    [Test]
    public void A_compiler_that_the_user_set_is_used_and_the_difference_is_told_on_each_build()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        options = options with { Compiler = Tools.Require("gcc-11"), MakeArguments = "KCFLAGS=-Wno-unused-variable DEBIAN_KERNEL_NO_CC_VERSION_CHECK=" };
        var result = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(result.Log[0], Does.Contain(" CC=/").And.Contain("gcc-11 "));
        if (result.Succeeded)
        {
            Assert.That(File.ReadAllText(sandbox.PathOf("m/.a.o.cmd")), Does.Contain("gcc-11 "));
        }

        Assert.That(result.Diagnostics.Select(static d => d.Code), Is.Not.Empty);
        Assert.That(KernelModuleBuilder.Build(options, CancellationToken.None).Diagnostics, Is.EqualTo(result.Diagnostics));
    }

    [Test]
    public void A_cancelled_build_leaves_no_half_object()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Script("slow gcc/gcc-slow", "exit 1\n");
        sandbox.Script("gcc-slow", $"case $* in *b.o*) echo half > {sandbox.Root}/m/b.o; echo > {sandbox.Root}/started; sleep 60;; esac\nexec gcc \"$@\"\n");
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => KernelModuleBuilder.Build(options with { Compiler = "./gcc-slow" }, cancellation.Token));
        Assert.That(() => File.Exists(sandbox.PathOf("started")) || run.IsCompleted, Is.True.After(60_000, 50));
        Assert.That(run.IsCompleted, Is.False);
        var clock = Stopwatch.StartNew();
        cancellation.Cancel();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That(File.Exists(sandbox.PathOf("m/b.o")), Is.False);
        Assert.That(KernelModuleBuilder.Build(options, CancellationToken.None).Succeeded, Is.True);
        Assert.That(
            KernelModuleBuilder.Build(options with { Compiler = "slow gcc/gcc-slow" }, CancellationToken.None).Diagnostics.Single().Descriptor,
            Is.EqualTo(DiagnosticCatalog.CompilerNotFound));
    }

    [Test]
    public void A_damaged_state_loses_messages_and_nothing_else()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        KernelModuleBuilder.Build(options, CancellationToken.None);
        File.WriteAllText(options.StateFile, "damaged");
        File.WriteAllText(options.RecordFile, "damaged");
        var result = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That((result.Succeeded, result.Diagnostics.Count), Is.EqualTo((true, 0)));
    }
}
