using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Dumps.Elf;

namespace IpaAnalysis.Tests.Compilers;

[TestFixture]
internal sealed class CompilerChoiceTests
{
    [TestCase("gcc", "-mtune=generic -march=x86-64")]
    [TestCase("gcc-11", "-mtune=generic -march=x86-64")]
    [TestCase("aarch64-linux-gnu-gcc", "-mlittle-endian -mabi=lp64")]
    [TestCase("s390x-linux-gnu-gcc", "-march=zEC12 -m64 -mzarch")]
    public void An_object_alone_names_its_compiler_and_options(string compiler, string target)
    {
        var identity = Asked.Compiler(compiler);
        var producer = $"GNU C17 {identity.Version} {target} -g -O2 -p -fno-ipa-vrp -fasynchronous-unwind-tables";
        var options = Asked.Ask(Asked.Object(producer, [], ElfMachine.None).MadeBy(compiler));
        Assert.That(options.Problem, Is.Null);
        Assert.That(options.Compiler, Is.EqualTo($"GCC {identity.Version}"));
        Assert.That(options.Deciding, Is.EqualTo("-O2 -p -fno-ipa-vrp"));
        Assert.That(options.Enabled, Contains.Item("ipa-bit-cp").And.No.Member("ipa-vrp").And.No.Member("ipa-ra"));
        Assert.That(options.Existing.Contains("ipa-strict-aliasing"), Is.EqualTo(identity.Major >= 12));
    }

    [Test]
    public void A_version_alone_is_enough_to_find_a_compiler()
    {
        var version = Asked.Compiler("gcc-11").Version;
        Assert.That(Asked.Ask(Asked.Object($"GNU C17 {version} -O2", [], ElfMachine.X64)).Compiler, Is.EqualTo($"GCC {version}"));
        Assert.That(Asked.Ask(Asked.Object($"GNU C17 {version} -O2", [], ElfMachine.S390)).Problem, Does.Contain($"GCC {version}").And.Contain("IpaCompiler"), "another target");
    }

    [Test]
    public void Options_without_a_version_are_of_the_compiler_that_the_object_names()
    {
        var query = Asked.Object("-O2 -fno-ipa-ra", [], ElfMachine.None);
        Assert.That(Asked.Ask(query).Problem, Does.Contain("not the compiler").And.Contain("compile_commands.json"));
        Assert.That(Asked.Ask(query.MadeBy("gcc-11")).Compiler, Does.StartWith("GCC 11."));
    }

    [Test]
    public void The_compiler_that_made_the_object_is_found_where_the_name_means_another()
    {
        Asked.Compiler("gcc-11");
        using var sandbox = new Sandbox();
        sandbox.Script("bin/gcc", $"exec {Tools.Require("gcc-11")} \"$@\"\n");
        var query = Asked.Record("gcc", "-O2").MadeBy("gcc");
        var options = Asked.Expander($"{sandbox.PathOf("bin")}:{Sandbox.Environment["PATH"]}", compiler: "gcc-11").Ask(query);
        Assert.That(options.Problem, Is.Null);
        Assert.That(options.Compiler, Is.EqualTo($"GCC {Asked.Compiler("gcc").Version}"), "by its name with the version, as gcc and IpaCompiler are 11");
    }

    [Test]
    public void Two_compilers_of_one_version_are_told_apart_by_their_distribution()
    {
        var (version, major) = (Asked.Compiler("gcc").Version, Asked.Compiler("gcc").Major);
        var query = Asked.Record("gcc", "-O2") with { Compilers = [$"GCC: (Other {version}-1) {version}"], Machine = ElfMachine.X64 };
        Assert.That(Asked.Ask(query).Problem, Does.Contain($"'gcc' is GCC {version}").And.Contain("IpaCompiler"));
        using var sandbox = new Sandbox();
        sandbox.Script($"bin/gcc-{major}", $"case $1 in --version) echo 'gcc-{major} (Other {version}-1) {version}'; echo 'Free Software Foundation';; *) exec {Tools.Require("gcc")} \"$@\";; esac\n");
        Assert.That(Asked.Expander($"{sandbox.PathOf("bin")}:{Sandbox.Environment["PATH"]}").Ask(query).Problem, Is.Null);
    }

    [TestCase("GCC: (GNU) 13.1.0", "cc (GCC) 13.1.0", true)]
    [TestCase("GCC: (GNU) 13.1.1 20230614 (Red Hat 13.1.1-4)", "gcc (GCC) 13.1.1 20230614 (Red Hat 13.1.1-4)", true)]
    [TestCase("GCC: (Debian 12.2.0-14+deb12u1) 12.2.0", "gcc (Debian 12.2.0-14+deb12u1) 12.2.0", true)]
    [TestCase("GCC: (Debian 12.2.0-14) 12.2.0", "gcc (Debian 12.2.0-14+deb12u1) 12.2.0", false)]
    [TestCase("GCC: (GNU) 13.1.0", "gcc (GCC) 3.1.0", false)]
    public void The_objects_text_is_that_of_the_banner(string comment, string banner, bool fits)
    {
        var maker = ObjectProducer.Of(Asked.Object("GNU C17 1.2.3 -O2", [comment], ElfMachine.None), null);
        Assert.That(maker.Fits(banner, "1.2.3"), Is.EqualTo(fits));
        Assert.That(maker.Version, Is.EqualTo(comment[(comment.IndexOf(") ", StringComparison.Ordinal) + 2)..].Split(' ')[0]));
    }

    [Test]
    public void A_compiler_that_is_gone_is_a_problem_with_a_remedy()
    {
        var gone = Asked.Record("gcc-99", "-O2");
        Assert.That(Asked.Ask(gone).Problem, Is.EqualTo("The compiler 'gcc-99' that compiled the object is not there. Install it, or name it in the property IpaCompiler."));
        Assert.That(Asked.Ask(gone with { Compilers = ["GCC: (GNU) 99.1.0"] }).Problem, Does.Contain("GCC 99.1.0"));
        Assert.That(Asked.Ask(gone with { Compilers = ["GCC: (GNU) 99.1.0"] }).Compiler, Is.EqualTo("GCC 99.1.0"));
        Assert.That(Asked.Ask(gone.MadeBy("gcc")).Problem, Is.Null, "the same compiler by another name");
        Assert.That(Asked.Ask(Asked.Record("/opt/gone/bin/gcc", "-O2", isTrusted: true)).Problem, Does.Contain("'gcc'").And.Not.Contain("/opt"));
        Assert.That(Asked.Ask(Asked.Object("GNU C17 99.1.0 -O2", [], ElfMachine.X64)).Problem, Does.Contain("GCC 99.1.0").And.Contain("Install"));
    }

    [Test]
    public void Nothing_recorded_is_a_problem()
    {
        Assert.That(Asked.Ask(Asked.Object(null, [], ElfMachine.X64).MadeBy("gcc")).Problem, Does.StartWith("Nothing records").And.Contain("-frecord-gcc-switches"));
        Assert.That(Asked.Ask(Asked.Object("GNU AS 2.40", [], ElfMachine.X64)).Problem, Does.StartWith("Nothing records"));
        Assert.That(Asked.Ask(Asked.Object(" ", [], ElfMachine.X64)).Problem, Does.StartWith("Nothing records"));
    }

    [Test]
    public void Clang_is_a_problem()
    {
        Assert.That(Asked.Ask(Asked.Object("Debian clang version 14.0.6", [], ElfMachine.X64)).Problem, Does.Contain("clang"));
        Assert.That(Asked.Ask(Asked.Record("gcc", "-O2") with { Compilers = ["Debian clang version 14.0.6"] }).Problem, Does.Contain("clang"));
        using var sandbox = new Sandbox();
        sandbox.Script("clang", "echo 'clang version 14.0.6'\n");
        Assert.That(Asked.Ask(Asked.Record("./clang", "-O2", isTrusted: true, directory: sandbox.Root)).Problem, Does.Contain("clang").And.Contain("GCC"));
    }

    [TestCase("-O2 -flto", false)]
    [TestCase("-O2 -flto=auto -ffat-lto-objects", false)]
    [TestCase("-O2 -fno-lto -flto", false)]
    [TestCase("-O2 -flto -fno-lto", true)]
    [TestCase("-O2 -flto-partition=none", true)]
    public void Link_time_optimisation_is_decided_elsewhere(string flags, bool isKnown)
    {
        var problem = Asked.Ask(Asked.Record("gcc", flags)).Problem;
        Assert.That(problem, isKnown ? Is.Null : Does.Contain("-flto"));
        Assert.That(Asked.Ask(Asked.Object("GNU GIMPLE 12.2.0 -O2", [], ElfMachine.X64)).Problem, Does.Contain("-flto"));
    }

    [Test]
    public void Options_that_the_compiler_refuses_are_a_problem_in_its_words()
    {
        var version = Asked.Compiler("gcc").Version;
        Assert.That(
            Asked.Ask(Asked.Record("gcc", "-O2 -fipa-ra -flive-patching=inline-clone")).Problem,
            Does.StartWith($"GCC {version} does not take the recorded options: '-fipa-ra' is incompatible with").And.Contain("IpaCompiler"));
    }

    [Test]
    public void An_option_of_a_later_compiler_is_a_problem_in_its_words()
    {
        Asked.Compiler("gcc-11");
        Assert.That(Asked.Ask(Asked.Record("gcc-11", "-O2 -fipa-strict-aliasing")).Problem, Does.Contain("unrecognized command-line option"));
    }

    [Test]
    public void Objects_of_two_compilers_are_judged_by_their_own()
    {
        OptionsQuery[] queries = [Asked.Record("gcc", "-O2").MadeBy("gcc"), Asked.Record("gcc-11", "-O2").MadeBy("gcc-11")];
        var options = Asked.Expander().Expand(queries, CancellationToken.None);
        Assert.That(options.Select(o => o.Problem), Is.All.Null);
        Assert.That(options[0].Existing.Except(options[1].Existing), Is.EqualTo((string[])["ipa-strict-aliasing"]));
    }
}
