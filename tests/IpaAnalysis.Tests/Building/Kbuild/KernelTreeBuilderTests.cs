using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Building.Kbuild;

/// <summary>A miniature of a kernel, made by the real make and gcc.</summary>
[TestFixture]
internal sealed class KernelTreeBuilderTests
{
    private const string Warning = "linux/kernel/time/time.c(4,27): IPA2002: unused variable 'in_time' [-Wunused-variable]";

    private static (Sandbox Sandbox, KernelTreeOptions Options) Project(string output = "build", string config = FakeKernel.Config)
    {
        Tools.Require("make");
        Tools.Require("gcc");
        var sandbox = new Sandbox();
        FakeKernel.Write((path, text) => sandbox.Write("linux/" + path, text));
        sandbox.Write(output + "/.config", config);
        return (sandbox, new KernelTreeOptions
        {
            SourceDirectory = sandbox.PathOf("linux"),
            OutputDirectory = output == "linux" ? null : sandbox.PathOf(output),
            WorkingDirectory = sandbox.Root,
            Jobs = 2,
            Environment = Sandbox.Environment,
            StateFile = sandbox.PathOf("obj/tree.state"),
        });
    }

    private static KernelTreeResult Build(KernelTreeOptions options) => KernelTreeBuilder.Build(options, CancellationToken.None);

    [Test]
    public void Builds_beside_the_sources_and_repeats_warnings()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        var sources = sandbox.Snapshot("linux");
        var first = Build(options);
        Assert.That(sandbox.Show(first.Diagnostics), Is.EqualTo(new[] { Warning }));
        Assert.That((first.Succeeded, first.OutputDirectory), Is.EqualTo((true, sandbox.PathOf("build"))));
        Assert.That(first.Log[0], Does.Contain($" -C {sandbox.PathOf("linux")} O={sandbox.PathOf("build")} KCFLAGS=").And.EndWith(" vmlinux modules"));
        Assert.That(first.Log[0], Does.Not.Contain("CC="));
        Assert.That(File.Exists(sandbox.PathOf("build/kernel/time/time.c.000i.ipa-clones")), Is.True);
        Assert.That(File.Exists(sandbox.PathOf("build/init/main.ci")), Is.True);
        Assert.That(sandbox.Snapshot("linux"), Is.EqualTo(sources));

        var objects = Objects(sandbox);
        var second = Build(options);
        Assert.That(second.Diagnostics, Is.EqualTo(first.Diagnostics));
        Assert.That(Objects(sandbox), Is.EqualTo(objects));

        sandbox.Write("linux/kernel/time/time.c", FakeKernel.Time.Replace("int in_time; ", "", StringComparison.Ordinal));
        Assert.That(sandbox.Show(Build(options).Diagnostics), Is.Empty);
        Assert.That(sandbox.Show(Build(options).Diagnostics), Is.Empty);

        static Dictionary<string, (DateTime, long)> Objects(Sandbox sandbox) =>
            sandbox.Snapshot("build").Where(static f => f.Key.EndsWith(".o", StringComparison.Ordinal)).ToDictionary();
    }

    [Test]
    public void Builds_in_the_sources_and_only_what_was_asked_for()
    {
        var (sandbox, options) = Project("linux");
        using var _ = sandbox;
        var result = Build(options with { MakeTargets = "kernel/time/" });
        Assert.That(sandbox.Show(result.Diagnostics), Is.EqualTo(new[] { Warning }));
        Assert.That(result.OutputDirectory, Is.EqualTo(options.SourceDirectory));
        Assert.That(result.Log[0], Does.Not.Contain(" O=").And.EndWith(" kernel/time/"));
        Assert.That(File.Exists(sandbox.PathOf("linux/kernel/time/tick.ci")), Is.True);
        Assert.That(File.Exists(sandbox.PathOf("linux/init/main.o")), Is.False);
        Assert.That(sandbox.Show(Build(options with { MakeTargets = "kernel/time/;init/main.o" }).Diagnostics), Is.EqualTo(new[] { Warning }));
        Assert.That(File.Exists(sandbox.PathOf("linux/init/main.o")), Is.True);
    }

    [Test]
    public void Sources_and_output_behind_links_are_the_same_files()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        Directory.CreateSymbolicLink(sandbox.PathOf("to-linux"), sandbox.PathOf("linux"));
        Directory.CreateSymbolicLink(sandbox.PathOf("to-build"), sandbox.PathOf("build"));
        options = options with { SourceDirectory = sandbox.PathOf("to-linux"), OutputDirectory = sandbox.PathOf("to-build") };
        Assert.That(sandbox.Show(Build(options).Diagnostics), Is.EqualTo(new[] { Warning }));
        Assert.That(sandbox.Show(Build(options).Diagnostics), Is.EqualTo(new[] { Warning }));
    }

    [Test]
    public void A_configuration_without_modules_makes_none()
    {
        var (sandbox, options) = Project(config: "# CONFIG_MODULES is not set\nCONFIG_NEW=y\n");
        using var _ = sandbox;
        var result = Build(options);
        Assert.That(result.Succeeded, Is.True);
        Assert.That(result.Log[0], Does.EndWith(" vmlinux"));
        var asked = Build(options with { MakeTargets = "modules" });
        Assert.That(asked.Diagnostics[^1].Descriptor, Is.EqualTo(DiagnosticCatalog.MakeFailed));
        Assert.That(asked.Diagnostics[^1].Message, Does.EndWith("(The present kernel configuration has modules disabled.)"));
    }

    [Test]
    public void An_outdated_configuration_is_an_error_and_stays()
    {
        var (sandbox, options) = Project(config: "CONFIG_MODULES=y\n");
        using var _ = sandbox;
        var result = Build(options);
        var problem = result.Diagnostics.Single();
        Assert.That((result.Succeeded, problem.Descriptor, problem.File), Is.EqualTo((false, DiagnosticCatalog.KernelNotConfigured, sandbox.PathOf("build/.config"))));
        Assert.That(problem.Message, Does.Contain("olddefconfig").And.Contain("first about CONFIG_NEW."));
        Assert.That(File.ReadAllText(sandbox.PathOf("build/.config")), Is.EqualTo("CONFIG_MODULES=y\n"));
    }

    [Test]
    public void A_C_error_and_a_makefile_are_told_where_they_are()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Write("linux/kernel/time/time.c", FakeKernel.Time.Replace("scale(x) +", "scale(nothing) +", StringComparison.Ordinal));
        var failed = Build(options with { MakeArguments = "-k" });
        Assert.That(sandbox.Show(failed.Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error)), Is.EqualTo(new[]
        {
            "linux/kernel/time/time.c(4,49): IPA2001: 'nothing' undeclared (first use in this function)",
            "linux(0,0): IPA2004: make: 'kernel/time/time.o' could not be made (Error 1)",
        }));
        sandbox.Write("linux/kernel/time/time.c", FakeKernel.Time);
        Assert.That(sandbox.Show(Build(options).Diagnostics), Is.EqualTo(new[] { Warning }));

        sandbox.Write("linux/init/Makefile", "nonsense\n");
        File.AppendAllText(sandbox.PathOf("linux/Makefile"), "include $(srctree)/init/Makefile\n");
        Assert.That(sandbox.Show(Build(options).Diagnostics)[^1], Is.EqualTo("linux/init/Makefile(1,0): IPA2004: make: missing separator."));
    }

    [Test]
    public void Sources_that_are_configured_themselves_are_kbuilds_error()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Write("linux/.config", FakeKernel.Config);
        var failure = Build(options).Diagnostics.Single();
        Assert.That(failure.Descriptor, Is.EqualTo(DiagnosticCatalog.MakeFailed));
        Assert.That(failure.Message, Does.EndWith("(The source tree is not clean, please run 'make mrproper' in .)"));
    }

    [Test]
    public void A_compiler_and_flags_that_the_user_set_are_used()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Write("linux/init/main.c", "_Static_assert(ONE == 1 && TWO == 2, \"\");\nint start(void);\nint start(void) { return 0; }\n");
        var environment = new Dictionary<string, string>(Sandbox.Environment)
        {
            ["KCFLAGS"] = "-DONE=1",
            ["KBUILD_OUTPUT"] = "/nonexistent",
            ["KCONFIG_CONFIG"] = "/nonexistent",
            ["MAKEFLAGS"] = "n",
        };
        var result = Build(options with { Compiler = Tools.Require("gcc-11"), Environment = environment, MakeArguments = "KCFLAGS=-DTWO=2" });
        Assert.That(sandbox.Show(result.Diagnostics), Is.EqualTo(new[] { Warning }));
        Assert.That(File.ReadAllText(sandbox.PathOf("build/init/.main.o.cmd")), Does.Contain("gcc-11 ").And.Contain(" -DONE=1 -DTWO=2 -fdump-ipa-clones -fcallgraph-info "));
    }

    [Test]
    public void A_cancelled_build_leaves_no_half_object()
    {
        var (sandbox, options) = Project();
        using var _ = sandbox;
        sandbox.Script("gcc-slow", $"case $* in *tick.o*) echo half > {sandbox.PathOf("build")}/kernel/time/tick.o; echo > {sandbox.PathOf("started")}; sleep 60;; esac\nexec gcc \"$@\"\n");
        using var cancellation = new CancellationTokenSource();
        var run = Task.Run(() => KernelTreeBuilder.Build(options with { Compiler = "./gcc-slow" }, cancellation.Token));
        Assert.That(() => File.Exists(sandbox.PathOf("started")) || run.IsCompleted, Is.True.After(60_000, 50));
        Assert.That(run.IsCompleted, Is.False);
        cancellation.Cancel();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(sandbox.PathOf("build/kernel/time/tick.o")), Is.False);
        Assert.That(sandbox.Show(Build(options).Diagnostics), Is.EqualTo(new[] { Warning }));
    }
}
