using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Building.Kbuild;

/// <summary>What is found out of a kernel tree before make runs.</summary>
[TestFixture]
internal sealed class KernelTreeOptionsTests
{
    private static KernelTreeOptions Options(Sandbox sandbox, string source = "linux", string output = "build")
    {
        FakeKernel.Write((path, text) => sandbox.Write($"{source}/{path}", text));
        sandbox.Write(output + "/.config", FakeKernel.Config);
        sandbox.Script("make", $"echo \"$@\" > {sandbox.PathOf("args")}; env > {sandbox.PathOf("env")}\n");
        return new KernelTreeOptions
        {
            SourceDirectory = sandbox.PathOf(source),
            OutputDirectory = sandbox.PathOf(output),
            WorkingDirectory = sandbox.Root,
            Make = "./make",
            Environment = Sandbox.Environment,
            StateFile = sandbox.PathOf("state"),
        };
    }

    [Test]
    public void Make_is_told_everything()
    {
        using var sandbox = new Sandbox();
        var options = Options(sandbox) with { MakeTargets = "kernel/time/ ;init/main.o", MakeArguments = "V=1 LOCALVERSION=-x", Jobs = 3 };
        Assert.That(sandbox.Show(KernelTreeBuilder.Build(options, CancellationToken.None).Diagnostics), Is.Empty);
        Assert.That(File.ReadAllText(sandbox.PathOf("args")), Is.EqualTo(
            $"-C {sandbox.PathOf("linux")} O={sandbox.PathOf("build")} KCFLAGS=-fdump-ipa-clones -fcallgraph-info -j3 -Otarget V=1 LOCALVERSION=-x kernel/time/ init/main.o\n"));
        Assert.That(File.ReadAllText(sandbox.PathOf("env")), Does.Contain("LC_ALL=C\n").And.Contain("CCACHE_DISABLE=1\n").And.Contain("KCONFIG_NOSILENTUPDATE=1\n"));
        Assert.That(File.Exists(options.StateFile), Is.False);
    }

    [TestCase("a b", "build")]
    [TestCase("a:b", "build")]
    [TestCase("linux", "a b")]
    [TestCase("linux", "a$b")]
    public void A_path_that_kbuild_cannot_take(string source, string output)
    {
        using var sandbox = new Sandbox();
        Assert.That(Codes(sandbox, Options(sandbox, source, output)), Is.EqualTo(new[] { "IPA1008" }));
    }

    [TestCase("Makefile")]
    [TestCase("Kbuild")]
    public void A_directory_that_is_no_kernel(string missing)
    {
        using var sandbox = new Sandbox();
        var options = Options(sandbox);
        File.Delete(Path.Combine(options.SourceDirectory, missing));
        Assert.That(Codes(sandbox, options), Is.EqualTo(new[] { "IPA1022" }));
        Directory.Delete(options.SourceDirectory, recursive: true);
        Assert.That(Codes(sandbox, options), Is.EqualTo(new[] { "IPA1004" }));
    }

    [Test]
    public void A_tree_without_configuration()
    {
        using var sandbox = new Sandbox();
        var options = Options(sandbox);
        File.Delete(sandbox.PathOf("build/.config"));
        var problem = KernelTreeBuilder.Build(options, CancellationToken.None).Diagnostics.Single();
        Assert.That((problem.Descriptor, problem.File), Is.EqualTo((DiagnosticCatalog.KernelNotConfigured, sandbox.PathOf("build"))));
        Assert.That(problem.Message, Does.Contain("OutputDir").And.Not.Contain(sandbox.Root));
        Assert.That(Codes(sandbox, options with { OutputDirectory = sandbox.PathOf("nowhere") }), Is.EqualTo(new[] { "IPA1021" }));
        Assert.That(Codes(sandbox, options with { OutputDirectory = null }), Is.EqualTo(new[] { "IPA1021" }));
        sandbox.Write("linux/.config", FakeKernel.Config);
        Assert.That(KernelTreeBuilder.Build(options with { OutputDirectory = null }, CancellationToken.None).Succeeded, Is.True);
        Assert.That(File.ReadAllText(sandbox.PathOf("args")), Does.Not.Contain("O="));
    }

    [Test]
    public void A_kernel_for_clang()
    {
        using var sandbox = new Sandbox();
        var options = Options(sandbox);
        sandbox.Write("build/.config", FakeKernel.Config + "CONFIG_CC_IS_CLANG=y\n");
        Assert.That(Codes(sandbox, options), Is.EqualTo(new[] { "IPA1012" }));
    }

    [TestCase("O=/x", null, "IPA1014")]
    [TestCase("KCONFIG_CONFIG=/x", null, "IPA1014")]
    [TestCase("clean", null, "IPA1014")]
    [TestCase("LLVM=1", null, "IPA1012")]
    [TestCase(null, "vmlinux V=1", "IPA1014")]
    [TestCase(null, "-n", "IPA1014")]
    public void Arguments_and_targets_that_cannot_be_used(string? arguments, string? targets, string code)
    {
        using var sandbox = new Sandbox();
        Assert.That(Codes(sandbox, Options(sandbox) with { MakeArguments = arguments, MakeTargets = targets }), Is.EqualTo(new[] { code }));
    }

    [Test]
    public void Tools_that_are_missing()
    {
        using var sandbox = new Sandbox();
        var options = Options(sandbox);
        Assert.That(Codes(sandbox, options with { Make = "no-such-make" }), Is.EqualTo(new[] { "IPA1011" }));
        Assert.That(Codes(sandbox, options with { Compiler = "no-such-gcc" }), Is.EqualTo(new[] { "IPA1010" }));
    }

    private static string[] Codes(Sandbox sandbox, KernelTreeOptions options)
    {
        var result = KernelTreeBuilder.Build(options, CancellationToken.None);
        Assert.That(result.Succeeded, Is.False);
        Assert.That(File.Exists(sandbox.PathOf("args")), Is.False, "make ran");
        return [.. result.Diagnostics.Select(static d => d.Code)];
    }
}
