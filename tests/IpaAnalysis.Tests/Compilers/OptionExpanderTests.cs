using IpaAnalysis.CommandLines;
using IpaAnalysis.Compilers;
using IpaAnalysis.Compilers.Options;
using IpaAnalysis.Dumps.Elf;
using IpaAnalysis.Files.State;

namespace IpaAnalysis.Tests.Compilers;

[TestFixture]
internal sealed class OptionExpanderTests
{
    [TestCase("gcc")]
    [TestCase("gcc-11")]
    [TestCase("aarch64-linux-gnu-gcc")]
    [TestCase("s390x-linux-gnu-gcc")]
    public void The_recorded_compiler_says_what_its_options_mean(string compiler)
    {
        var identity = Asked.Compiler(compiler);
        var options = Asked.Ask(Asked.Record(compiler, "-O1 -O2 -fno-ipa-sra -fno-strict-aliasing").MadeBy(compiler));
        Assert.Multiple(() =>
        {
            Assert.That(options.Problem, Is.Null);
            Assert.That(options.Compiler, Is.EqualTo($"GCC {identity.Version}"));
            Assert.That(options.Deciding, Is.EqualTo("-O2 -fno-ipa-sra"));
            Assert.That(options.Enabled, Is.SupersetOf((string[])["ipa-modref", "ipa-pure-const", "ipa-stack-alignment", "ipa-vrp", "ipa-bit-cp", "ipa-reference-addressable", "ipa-ra"]));
            Assert.That(options.Enabled, Has.No.Member("ipa-sra").And.No.Member("ipa-pta").And.No.Member("whole-program"));
            Assert.That(options.Existing, Contains.Item("ipa-sra").And.Contains("ipa-pta").And.Contains("whole-program"));
            Assert.That(options.Existing.Contains("ipa-strict-aliasing"), Is.EqualTo(identity.Major >= 12));
        });
    }

    [TestCase("-O2 -flive-patching=inline-clone -pg -mfentry -O3", "-O3 -pg -mfentry -flive-patching=inline-clone")]
    [TestCase("-fipa-ra -O2 -fno-ipa-ra -funroll-loops -march=x86-64", "-O2 -fno-ipa-ra")]
    [TestCase("-O2 -fprofile-use=/some/where/x.gcda -fpatchable-function-entry=16,14", "-O2 -fpatchable-function-entry=16,14 -fprofile-use")]
    [TestCase("", "")]
    public void The_words_that_decide_are_shown(string flags, string deciding) =>
        Assert.That(Asked.Ask(Asked.Record("gcc", flags)).Deciding, Is.EqualTo(deciding));

    [Test]
    public void Live_patching_leaves_nothing_of_its_policy()
    {
        var options = Asked.Ask(Asked.Record("gcc", "-O2 -flive-patching=inline-clone"));
        Assert.That(options.Problem, Is.Null);
        Assert.That(options.Enabled, Has.No.Member("ipa-ra").And.No.Member("ipa-modref").And.No.Member("ipa-vrp"));
        Assert.That(options.Enabled, Contains.Item("ipa-sra").And.Contains("ipa-cp"));
    }

    [Test]
    public void Each_object_gets_the_answer_to_its_own_query_and_each_question_is_asked_once()
    {
        using var sandbox = new Sandbox();
        sandbox.Script("bin/gcc", $"echo \"$*\" >> '{sandbox.PathOf("runs")}'\nexec {Tools.Require("gcc")} \"$@\"\n");
        var expander = Asked.Expander($"{sandbox.PathOf("bin")}:{Sandbox.Environment["PATH"]}");
        var queries = Enumerable.Range(0, 60).Select(i => Asked.Record("gcc", (i % 3) switch { 0 => "-O2", 1 => "-O2 -fno-ipa-ra", _ => "-O2 -flive-patching=inline-clone -fipa-ra" })).ToArray();
        var options = expander.Expand(queries, CancellationToken.None);
        Assert.That(options, Has.Count.EqualTo(60));
        for (var i = 0; i < 60; i++)
        {
            Assert.That(options[i], Is.EqualTo(options[i % 3]));
        }

        Assert.That(options[0].Enabled, Contains.Item("ipa-ra"));
        Assert.That(options[1].Enabled, Has.No.Member("ipa-ra"));
        Assert.That(options[2].Problem, Does.Contain("incompatible"));
        Assert.That(File.ReadAllLines(sandbox.PathOf("runs")).Count(l => l.Contains("--help=", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [TestCase("-fno-such-flag")]
    [TestCase("--plugin=evil")]
    [TestCase("-mno-such-machine-flag=1")]
    public void What_the_table_has_not_by_name_is_not_asked_about(string flag)
    {
        using var sandbox = new Sandbox();
        sandbox.Script("bin/gcc", $"echo \"$*\" >> '{sandbox.PathOf("runs")}'\nexec {Tools.Require("gcc")} \"$@\"\n");
        var expander = Asked.Expander($"{sandbox.PathOf("bin")}:{Sandbox.Environment["PATH"]}");
        var options = expander.Expand([Asked.Record("gcc", "-O2 " + flag)], CancellationToken.None);
        Assert.That(options[0].Problem, Does.Contain(flag.TrimStart('-').Split('=')[0]));
        Assert.That(File.Exists(sandbox.PathOf("runs")), Is.False);
    }

    [Test]
    public void The_objects_own_output_stays_as_it_is()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("x.c", "int x;");
        sandbox.Write("x.o", "the object");
        var words = $"gcc -O2 -c -o {sandbox.PathOf("x.o")} -MD -MF {sandbox.PathOf("x.d")} -save-temps -fstack-usage -fdump-ipa-clones x.c";
        var command = new RecordedCommand { Words = [.. words.Split(' ')], WorkingDirectory = sandbox.Root };
        foreach (var isTrusted in (bool[])[false, true])
        {
            var query = new OptionsQuery(RecordedOptions.From(command, OptionOrigin.CompileCommands, isTrusted), null, [], ElfMachine.X64);
            Assert.That(Asked.Ask(query).Problem, Is.Null);
        }

        Assert.That(File.ReadAllText(sandbox.PathOf("x.o")), Is.EqualTo("the object"));
        Assert.That(Directory.EnumerateFiles(sandbox.Root).Select(Path.GetFileName), Is.EquivalentTo((string[])["x.c", "x.o"]));
    }

    [Test]
    public void Flags_of_trusted_response_files_count()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("x.o", "the object");
        sandbox.Write("inner", "-O2\n-c -o x.o");
        sandbox.Write("flags", "@inner -fno-ipa-ra '-DA=\"b c\"' -pg");
        var options = Asked.Ask(Asked.Record("gcc", "-O1 @flags", isTrusted: true, directory: sandbox.Root));
        Assert.That(options.Problem, Is.Null);
        Assert.That(options.Deciding, Is.EqualTo("-O2 -pg -fno-ipa-ra"));
        Assert.That(options.Enabled, Contains.Item("ipa-vrp").And.No.Member("ipa-ra"));
        Assert.That(File.ReadAllText(sandbox.PathOf("x.o")), Is.EqualTo("the object"));
        Assert.That(Asked.Ask(Asked.Record("gcc", "-O1 @none", isTrusted: true, directory: sandbox.Root)).Problem, Does.Contain("@none").Or.Contain("none:"));
    }

    [Test]
    public void What_was_looked_up_tells_whether_a_later_build_would_find_the_same()
    {
        using var sandbox = new Sandbox();
        var gcc = Tools.Require("gcc");
        sandbox.Script("b/gcc", $"exec {gcc} \"$@\"\n");
        Directory.CreateDirectory(sandbox.PathOf("a"));
        var path = $"{sandbox.PathOf("a")}:{sandbox.PathOf("b")}:/usr/bin:/bin";
        var expander = Asked.Expander(path);
        expander.Expand([Asked.Record("gcc", "-O2"), Asked.Record("gcc-77", "-O2")], CancellationToken.None);
        var programs = expander.Programs;
        Assert.That(programs.Select(p => p.Name), Is.EqualTo((string[])["gcc", "gcc-77"]));
        Assert.That(programs[0].Path, Is.EqualTo(sandbox.PathOf("b/gcc")));
        Assert.That(programs[1].Path, Is.Null);
        Assert.That(Current(), Is.True);

        using var stream = new MemoryStream();
        programs[0].Write(new BinaryWriter(stream));
        Assert.That(ProgramStamp.Read(new StateReader(stream.ToArray())), Is.EqualTo(programs[0]));

        sandbox.Script("a/gcc-77", "exit 1");
        Assert.That(Current(), Is.False, "what was gone is there");
        File.Delete(sandbox.PathOf("a/gcc-77"));
        Assert.That(Current(), Is.True);
        sandbox.Script("b/gcc", $"# changed\nexec {gcc} \"$@\"\n");
        Assert.That(Current(), Is.False, "another program");

        bool Current() => ProgramStamp.AreCurrent(programs, new Dictionary<string, string> { ["PATH"] = path }, "/");
    }

    [Test]
    public void It_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.That(() => Asked.Expander().Expand([Asked.Record("gcc", "-O2 -fno-cancelled")], source.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
