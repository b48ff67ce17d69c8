using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Options;

namespace IpaAnalysis.Tests.Compilers.Options;

[TestFixture]
internal sealed class OptimizerProbeTests
{
    [Test]
    public void Asking_writes_nothing_whatever_the_flags()
    {
        using var sandbox = new Sandbox();
        foreach (var flags in (string[][])[["-O2"], ["-fprofile-arcs", "-ftest-coverage"], ["-O2", "-fsyntax-only"], ["-fprofile-use=x"], ["-fstack-usage"], ["-fdump-tree-all"]])
        {
            Assert.That(Ask(sandbox, "gcc", flags).Refusal, Is.Null, string.Join(' ', flags));
        }

        Assert.That(Directory.EnumerateFileSystemEntries(sandbox.Root), Is.Empty);
    }

    [Test]
    public void An_objects_own_output_is_never_overwritten()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.o", "object");
        Assert.That(Ask(sandbox, "gcc", ["-O2", "-c", "-o", "a.o"]).Refusal, Is.Not.Null, "gcc takes one -o; the recorded one is left out before");
        Assert.That(File.ReadAllText(sandbox.PathOf("a.o")), Is.EqualTo("object"));
    }

    [TestCase("gcc", new[] { "-O2", "-fipa-ra", "-flive-patching=inline-clone" }, "'-fipa-ra' is incompatible with '-flive-patching=inline-only-static|inline-clone'")]
    [TestCase("gcc-11", new[] { "-fipa-strict-aliasing" }, "unrecognized command-line option '-fipa-strict-aliasing'; did you mean '-fno-strict-aliasing'?")]
    [TestCase("gcc", new[] { "-fplugin=/none/such/plugin.so" }, "cannot load plugin plugin.so")]
    public void A_refusal_is_told_in_the_compilers_words(string compiler, string[] flags, string message)
    {
        using var sandbox = new Sandbox();
        var answer = Ask(sandbox, compiler, flags);
        Assert.That(answer.Refusal, Does.StartWith(message));
        Assert.That(answer.Enabled, Is.Empty, "the table that gcc prints all the same is not trusted");
    }

    [Test]
    public void Live_patching_with_LTO_is_refused_before_GCC_13()
    {
        using var sandbox = new Sandbox();
        var answer = Ask(sandbox, "gcc", ["-O2", "-flto", "-flive-patching"]);
        Assert.That(answer.Refusal, Asked.Compiler("gcc").Major < 13 ? Does.StartWith("sorry, unimplemented: live patching is not supported with LTO") : Is.Null);
    }

    [Test]
    public void A_compiler_is_asked_once_and_again_when_it_has_changed()
    {
        using var sandbox = new Sandbox();
        var gcc = Tools.Require("gcc");
        sandbox.Script("cc", $"echo >> '{sandbox.PathOf("runs")}'\nexec {gcc} \"$@\"\n");
        Ask(sandbox, "./cc", ["-O2"]);
        var runs = Runs();
        Assert.That(Ask(sandbox, "./cc", ["-O2"]).Refusal, Is.Null);
        Assert.That(Runs(), Is.EqualTo(runs), "nothing is asked again");
        Ask(sandbox, "./cc", ["-O1"]);
        Assert.That(Runs(), Is.EqualTo(runs + 1), "other flags");
        sandbox.Script("cc", $"echo >> '{sandbox.PathOf("runs")}'\n# changed\nexec {gcc} \"$@\"\n");
        Ask(sandbox, "./cc", ["-O2"]);
        Assert.That(Runs(), Is.GreaterThan(runs + 2), "another compiler");

        int Runs() => File.ReadAllLines(sandbox.PathOf("runs")).Length;
    }

    [TestCase("exit 0", "it prints no table of options as GCC does")]
    [TestCase("exit 3", "it fails without a message")]
    [TestCase("echo '/some/where/cc1: is odd' >&2; exit 1", "cc1: is odd")]
    public void A_program_that_only_looks_like_gcc_is_not_believed(string body, string message)
    {
        using var sandbox = new Sandbox();
        sandbox.Script("cc", $"case $1 in --version) echo 'cc (GCC) 12.1.0'; echo 'Free Software Foundation';; -dumpfullversion) echo 12.1.0;; -dumpmachine) echo m;; *) {body};; esac\n");
        Assert.That(Ask(sandbox, "./cc", ["-O2"]).Refusal, Is.EqualTo(message));
    }

    private static OptimizerAnswer Ask(Sandbox sandbox, string compiler, string[] flags)
    {
        if (!compiler.StartsWith('.'))
        {
            Tools.Require(compiler);
        }

        var identity = CompilerProbe.Identify(compiler, Sandbox.Environment, sandbox.Root, CancellationToken.None).Compiler!;
        return OptimizerProbe.Ask(new OptimizerQuestion(identity, [.. flags], sandbox.Root), Sandbox.Environment, isRepeatable: true, CancellationToken.None);
    }
}
