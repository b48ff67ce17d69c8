using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Building.Kbuild.Trees;
using IpaAnalysis.Diagnostics;

namespace IpaAnalysis.Tests.Building.Kbuild;

/// <summary>What is found out before make runs; no kernel headers needed.</summary>
[TestFixture]
internal sealed class KernelModuleOptionsTests
{
    private static KernelModuleOptions Options(Sandbox sandbox, string module = "m")
    {
        Directory.CreateDirectory(sandbox.PathOf(module));
        sandbox.Write("k/Makefile", "modules clean:\n\t@echo made\n");
        sandbox.Script("make", "echo \"$@\" > args; env > env\n");
        return new KernelModuleOptions
        {
            ModuleDirectory = sandbox.PathOf(module),
            WorkingDirectory = sandbox.Root,
            KernelBuildDir = "k",
            Make = "./make",
            Environment = Sandbox.Environment,
            StateFile = sandbox.PathOf("state"),
        };
    }

    [TestCase("a b")]
    [TestCase("a:b")]
    [TestCase("a#b")]
    [TestCase("a$b")]
    [TestCase("a%b")]
    [TestCase("a\nb")]
    [TestCase("a'b")]
    [TestCase("a,b")]
    [TestCase("a;b")]
    [TestCase("a[b]")]
    public void A_path_that_kbuild_cannot_take_is_refused_before_make(string name)
    {
        using var sandbox = new Sandbox();
        var result = KernelModuleBuilder.Build(Options(sandbox, name), CancellationToken.None);
        Assert.That(result.Diagnostics.Single().Descriptor, Is.EqualTo(DiagnosticCatalog.KbuildPathNotUsable));
        Assert.That(result.Diagnostics[0].Message, Does.Not.Contain(sandbox.Root));
        Assert.That(Directory.GetFiles(sandbox.Root, "args", SearchOption.AllDirectories), Is.Empty);
    }

    [TestCase("é")]
    [TestCase("a=b@c+d~e^f!g{h}i[j")]
    public void Other_paths_are_taken(string name)
    {
        using var sandbox = new Sandbox();
        var options = Options(sandbox, name);
        var result = KernelModuleBuilder.Build(options with { ModuleDirectory = options.ModuleDirectory + "/" }, CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Is.Empty);
        Assert.That(File.ReadAllText(Path.Combine(options.ModuleDirectory, "args")), Does.StartWith($"-C {sandbox.PathOf("k")} M={options.ModuleDirectory} KCFLAGS="));
        Assert.That(File.ReadAllText(Path.Combine(options.ModuleDirectory, "env")), Does.Contain("LC_ALL=C\n").And.Contain("CCACHE_DISABLE=1\n"));
        Assert.That(File.Exists(options.StateFile), Is.False);
    }

    [TestCase("LLVM=1", "IPA1012")]
    [TestCase("LLVM=-15", "IPA1012")]
    [TestCase("CC=clang-14", "IPA1012")]
    [TestCase("'CC=ccache clang'", "IPA1012")]
    [TestCase("clean", "IPA1014")]
    [TestCase("M=/x", "IPA1014")]
    [TestCase("O=/x", "IPA1014")]
    [TestCase("-C /x", "IPA1014")]
    [TestCase("-sn", "IPA1014")]
    [TestCase("--dry-run", "IPA1014")]
    public void Arguments_that_cannot_be_used_are_told(string arguments, string code)
    {
        using var sandbox = new Sandbox();
        var result = KernelModuleBuilder.Build(Options(sandbox) with { MakeArguments = arguments }, CancellationToken.None);
        Assert.That(result.Diagnostics.Select(static d => d.Code).Distinct(), Is.EqualTo(new[] { code }));
        Assert.That(File.Exists(sandbox.PathOf("m/args")), Is.False);
    }

    [TestCase("V=1 W=1 LLVM= -k -s -j 3 -I dir -l2 --no-print-directory CC=gcc-12 LOCALVERSION='a b'")]
    public void Other_arguments_are_passed_on(string arguments)
    {
        using var sandbox = new Sandbox();
        var result = KernelModuleBuilder.Build(Options(sandbox) with { MakeArguments = arguments, Jobs = 5 }, CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Is.Empty);
        Assert.That(File.ReadAllText(sandbox.PathOf("m/args")), Does.EndWith(
            " -j5 -Otarget V=1 W=1 LLVM= -k -s -j 3 -I dir -l2 --no-print-directory CC=gcc-12 LOCALVERSION=a b modules\n"));
    }

    [Test]
    public void A_kernel_configured_for_clang_a_missing_make_and_a_missing_module_are_told()
    {
        using var sandbox = new Sandbox();
        var options = Options(sandbox);
        sandbox.Write("k/include/config/auto.conf", "CONFIG_X=y\nCONFIG_CC_IS_CLANG=y\n");
        Assert.That(Codes(options), Is.EqualTo(new[] { "IPA1012" }));
        File.Delete(sandbox.PathOf("k/include/config/auto.conf"));
        Assert.That(Codes(options with { Make = "no-such-make" }), Is.EqualTo(new[] { "IPA1011" }));
        Assert.That(Codes(options with { ModuleDirectory = sandbox.PathOf("none") }), Is.EqualTo(new[] { "IPA1004" }));
        Assert.That(Codes(options with { KernelBuildDir = "none" }), Is.EqualTo(new[] { "IPA1009" }));
        Assert.That(Codes(options with { Compiler = "no-such-gcc" }), Is.EqualTo(new[] { "IPA1010" }));
        Assert.That(Codes(options with { Environment = new Dictionary<string, string>(Sandbox.Environment) { ["LLVM"] = "1" } }), Is.EqualTo(new[] { "IPA1012" }));
        sandbox.Script("make", "exit 4\n");
        Assert.That(KernelModuleBuilder.Build(options, CancellationToken.None).Diagnostics.Single().Message, Is.EqualTo("make ended with status 4 and said nothing."));
        sandbox.WriteProgram("make", "\u007fELF");
        Assert.That(Codes(options), Is.EqualTo(new[] { "IPA1011" }));

        static string[] Codes(KernelModuleOptions options) =>
            [.. KernelModuleBuilder.Build(options, CancellationToken.None).Diagnostics.Select(static d => d.Code)];
    }

    [Test]
    public void The_build_directory_is_the_running_kernels_or_the_only_one()
    {
        using var sandbox = new Sandbox();
        Directory.CreateDirectory(sandbox.PathOf("modules/1.0"));
        Assert.That(Find("2.0").Problem?.Message, Does.Contain("No kernel headers are installed").And.Contain("KernelBuildDir"));
        Headers("3.0");
        Assert.That(Find("2.0").Found?.BuildDirectory, Is.EqualTo(sandbox.PathOf("headers-3.0")));
        Headers("4.0");
        Assert.That(Find("2.0").Problem?.Message, Does.Contain("3.0, 4.0"));
        Assert.That(Find("2.0").Problem?.Descriptor, Is.EqualTo(DiagnosticCatalog.KernelBuildDirNotFound));
        Headers("2.0");
        Assert.That(Find("2.0").Found?.BuildDirectory, Is.EqualTo(sandbox.PathOf("headers-2.0")));

        void Headers(string release)
        {
            sandbox.Write($"headers-{release}/Makefile", "x");
            Directory.CreateDirectory(sandbox.PathOf($"modules/{release}"));
            Directory.CreateSymbolicLink(sandbox.PathOf($"modules/{release}/build"), sandbox.PathOf($"headers-{release}"));
        }

        (KernelBuildDirectory? Found, Diagnostic? Problem) Find(string release) =>
            (KernelBuildDirectory.Find(null, sandbox.Root, sandbox.PathOf("modules"), release, out var problem), problem);
    }

    [Test]
    public void The_source_directory_is_read_from_the_makefile_or_the_link()
    {
        using var sandbox = new Sandbox();
        Directory.CreateDirectory(sandbox.PathOf("common"));
        sandbox.Write("debian/Makefile", $"include {sandbox.PathOf("common")}/Makefile\n");
        sandbox.Write("linked/Makefile", "# generated\n");
        Directory.CreateSymbolicLink(sandbox.PathOf("linked/source"), sandbox.PathOf("common"));
        sandbox.Write("alone/Makefile", "include scripts/Kbuild.include\n");
        Assert.That(
            new[] { "debian", "linked", "alone" }.Select(name => KernelBuildDirectory.Find(name, sandbox.Root, out _)!.SourceDirectory),
            Is.EqualTo(new[] { sandbox.PathOf("common"), sandbox.PathOf("common"), sandbox.PathOf("alone") }));
    }
}
