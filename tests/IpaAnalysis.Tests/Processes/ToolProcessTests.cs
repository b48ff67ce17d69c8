using System.Diagnostics;
using IpaAnalysis.Building.Sources;
using IpaAnalysis.Compilers;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Tests.Processes;

[TestFixture]
internal sealed class ToolProcessTests
{
    [Test]
    public void The_environment_is_exactly_the_callers_with_the_C_locale()
    {
        using var sandbox = new Sandbox();
        var result = ToolProcess.Run(
            new ToolRequest
            {
                Program = "/usr/bin/env",
                WorkingDirectory = sandbox.Root,
                Environment = new Dictionary<string, string> { ["A"] = "x y", ["LANG"] = "de_DE.UTF-8", ["GONE"] = "1" },
                RemovedVariables = ["GONE"],
            },
            CancellationToken.None);
        Assert.That(result.Output.Order(StringComparer.Ordinal), Is.EqualTo(new[] { "A=x y", "LANG=C", "LANGUAGE=C", "LC_ALL=C", "LC_CTYPE=C", "LC_MESSAGES=C" }));
    }

    [Test]
    public void Input_is_closed_and_both_streams_and_the_status_arrive()
    {
        using var sandbox = new Sandbox("a b é");
        var script = sandbox.Script("s.sh", "cat; pwd; printf 'no newline\\377' >&2; printf '%s\\n' \"$1\"; exit 7\n");
        var result = ToolProcess.Run(
            new ToolRequest { Program = script, Arguments = ["$(x) 'y' \"z\""], WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment },
            CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(7));
        Assert.That(result.Output, Is.EqualTo(new[] { sandbox.Root, "$(x) 'y' \"z\"" }));
        Assert.That(result.Errors, Is.EqualTo(new[] { "no newline\uFFFD" }));
    }

    [Test]
    public void Output_without_end_stays_bounded_and_is_counted()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Script("s.sh", "i=0; while [ $i -lt 300 ]; do echo $i; i=$((i+1)); done; head -c 300000 /dev/zero | tr '\\0' x >&2\n");
        var result = ToolProcess.Run(
            new ToolRequest { Program = script, WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment, MaxLines = 10 },
            CancellationToken.None);
        Assert.That(result.Output, Has.Count.EqualTo(10));
        Assert.That(result.LinesLeftOut, Is.EqualTo(290));
        Assert.That(result.Errors[0], Has.Length.EqualTo(BoundedLineReader.MaxLength + 1).And.EndsWith("…"));
    }

    [Test]
    public void Cancellation_ends_the_whole_tree()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Script("s.sh", "trap '' TERM\n(trap '' TERM; sleep 60 & echo $! > grandchild; wait; sleep 60) &\nwhile :; do sleep 60; done\n");
        using var cancellation = new CancellationTokenSource();
        var clock = Stopwatch.StartNew();
        var run = Task.Run(() => ToolProcess.Run(
            new ToolRequest { Program = script, WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment }, cancellation.Token));
        Assert.That(() => File.Exists(sandbox.PathOf("grandchild")) && File.ReadAllText(sandbox.PathOf("grandchild")).EndsWith('\n'), Is.True.After(10_000, 20));
        var grandchild = File.ReadAllText(sandbox.PathOf("grandchild")).Trim();
        cancellation.Cancel();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
        Assert.That(
            () => !File.Exists($"/proc/{grandchild}/stat") || File.ReadAllText($"/proc/{grandchild}/stat").Contains(") Z ", StringComparison.Ordinal),
            Is.True.After(5000, 20));
    }

    [Test]
    public void A_daemon_that_keeps_the_pipes_open_does_not_hang_the_run()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Script("s.sh", "sleep 30 & echo done; echo $! > daemon\n");
        var clock = Stopwatch.StartNew();
        var result = ToolProcess.Run(
            new ToolRequest { Program = script, WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment }, CancellationToken.None);
        Process.GetProcessById(int.Parse(File.ReadAllText(sandbox.PathOf("daemon")), System.Globalization.CultureInfo.InvariantCulture)).Kill();
        Assert.That(result.Output, Is.EqualTo(new[] { "done" }));
        Assert.That(result.OutputMayBeCut, Is.True);
        Assert.That(result.Interruption, Is.EqualTo(ToolResult.OutputCut));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public void What_a_program_left_behind_still_prints_is_read_to_its_end()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Script("s.sh", "(for i in 1 2 3 4 5; do sleep 1; echo $i; done) & echo first\n");
        var result = ToolProcess.Run(
            new ToolRequest { Program = script, WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment }, CancellationToken.None);
        Assert.That(result.Output, Is.EqualTo(new[] { "first", "1", "2", "3", "4", "5" }));
        Assert.That(result.OutputMayBeCut, Is.False);
    }

    [Test]
    public void Cancelling_while_something_left_behind_prints_returns_at_once()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Script("s.sh", "(for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1; echo $i; done) & echo first\n");
        using var cancellation = new CancellationTokenSource(1500);
        var clock = Stopwatch.StartNew();
        Assert.That(
            () => ToolProcess.Run(
                new ToolRequest { Program = script, WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment }, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(6)));
    }

    [Test]
    public void Characters_beyond_the_bound_of_a_stream_are_left_out_by_line()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Script("s.sh", "i=0; while [ $i -lt 300 ]; do echo 0123456789; i=$((i+1)); done; echo error >&2\n");
        var result = ToolProcess.Run(
            new ToolRequest { Program = script, WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment, MaxCharacters = 1000 }, CancellationToken.None);
        Assert.That((result.Output.Count, result.Errors.Count, result.LinesLeftOut), Is.EqualTo((100, 1, 200)));
    }

    [TestCase("echo 'gcc: fatal error: Killed signal terminated program cc1' >&2; exit 1", "a program that it started was ended by a signal")]
    [TestCase("echo \"a.s: No space left on device\" >&2; exit 1", "there was no space on a disk")]
    [TestCase("kill -9 $$", "it was ended by signal 9")]
    [TestCase("echo 'a.c:1:1: error: x' >&2; exit 1", null)]
    public void A_run_that_proves_nothing_says_why(string body, string? expected)
    {
        using var sandbox = new Sandbox();
        var result = ToolProcess.Run(
            new ToolRequest { Program = sandbox.Script("s.sh", body + "\n"), WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment }, CancellationToken.None);
        Assert.That(result.Interruption, Is.EqualTo(expected));
    }

    [Test]
    public void A_compiler_that_starts_its_server_at_the_first_question_is_asked_once_more()
    {
        using var sandbox = new Sandbox();
        var gcc = Tools.Require("gcc");
        var once = sandbox.Script("once", $"[ -e started ] || {{ : > started; sleep 20 & echo $! > server; }}\nexec {gcc} \"$@\"\n");
        var always = sandbox.Script("always", $"sleep 4 &\nexec {gcc} \"$@\"\n");
        var (compiler, problem) = CompilerProbe.Identify(once, Sandbox.Environment, sandbox.Root, CancellationToken.None);
        Process.GetProcessById(int.Parse(File.ReadAllText(sandbox.PathOf("server")), System.Globalization.CultureInfo.InvariantCulture)).Kill();
        Assert.That(compiler?.Path, Is.EqualTo(once), problem?.Message);
        Assert.That(
            CompilerProbe.Identify(always, Sandbox.Environment, sandbox.Root, CancellationToken.None).Problem?.Message,
            Does.Contain("cannot be asked: a program that it left behind keeps its output open"));
    }

    [Test]
    public void A_compile_whose_messages_may_be_cut_says_so()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("a.c", "int f(void) { return 1; }\n");
        var gcc = sandbox.Script("mycc", $"case \"$*\" in *@*) sleep 10 & ;; esac\nexec {Tools.Require("gcc")} \"$@\"\n");
        var result = SourceCompiler.Compile(sandbox.Options(gcc, new SourceToCompile("a.c")), CancellationToken.None);
        Assert.That(sandbox.Show(result.Diagnostics), Has.One.EqualTo(
            "a.c(0,0): IPA2002: The compiler left a program behind that keeps its output open, so that more of its messages may come that are not read."));
    }

    [Test]
    public void What_cannot_be_started_is_told_without_paths()
    {
        using var sandbox = new Sandbox();
        var result = ToolProcess.Run(
            new ToolRequest { Program = sandbox.PathOf("none"), WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment },
            CancellationToken.None);
        Assert.That(result.ExitCode, Is.EqualTo(-1));
        Assert.That(result.StartError, Is.Not.Empty.And.Not.Contains("/"));
    }

    [Test]
    public void Programs_are_found_as_execvp_finds_them()
    {
        using var sandbox = new Sandbox();
        var tool = sandbox.Script("bin/tool", "exit 0\n");
        sandbox.Write("first/tool", "not executable");
        Assert.Multiple(() =>
        {
            Assert.That(Find("tool", $"/nonexistent:{sandbox.Root}/first:bin"), Is.EqualTo(tool));
            Assert.That(Find("bin/tool", ""), Is.EqualTo(tool));
            Assert.That(Find("./bin/tool", ""), Is.EqualTo(tool));
            Assert.That(Find(tool, ""), Is.EqualTo(tool));
            Assert.That(Find("tool", ""), Is.Null);
            Assert.That(Find("first/tool", ""), Is.Null);
            Assert.That(Find("bin", "."), Is.Null);
            Assert.That(Find("", "bin"), Is.Null);
        });

        string? Find(string name, string path) =>
            ToolLocator.Find(name, new Dictionary<string, string> { ["PATH"] = path }, sandbox.Root);
    }
}
