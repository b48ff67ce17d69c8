using System.Diagnostics;
using System.Globalization;
using IpaAnalysis.Processes;

namespace IpaAnalysis.Tests.Processes;

[TestFixture]
internal sealed class RunBoundsTests
{
    private static readonly RunBounds s_wide = new()
    {
        ProcessorTime = TimeSpan.FromSeconds(100),
        MemoryBytes = 8L << 30,
        FileBytes = 1L << 30,
        Processes = 50,
        WallTime = TimeSpan.FromSeconds(100),
        IdleTime = TimeSpan.FromSeconds(30),
        OutputBytes = 1 << 24,
    };

    [TestCase("dash")]
    [TestCase("bash")]
    public void The_program_gets_its_arguments_and_environment_and_the_limits(string shell)
    {
        using var sandbox = new Sandbox("a b é");
        var bounds = s_wide with { Shell = Shell(sandbox, shell) };
        var script = sandbox.Script(
            "s.sh", "cat; pwd; printf '%s\\n' \"$@\" >&2; ulimit -t; ulimit -H -t; ulimit -v; ulimit -H -v; ulimit -f; ulimit -H -f; ulimit -c; ulimit -H -c; exit 7\n");
        var result = Run(sandbox, bounds, script, "$(x) 'y' \"z\"", "", "-a");
        Assert.That(result.ExitCode, Is.EqualTo(7));
        Assert.That(result.Errors, Is.EqualTo(new[] { "$(x) 'y' \"z\"", "", "-a" }));
        Assert.That(result.Output, Is.EqualTo(new[] { sandbox.Root, "100", "101", "8388608", "8388608", "2097152", "2097152", "0", "0" }));
        Assert.That(result.BoundExceeded, Is.Null);
        Assert.That(result.Interruption, Is.Null);

        var environment = ToolProcess.Run(
            new ToolRequest
            {
                Program = "/usr/bin/env",
                WorkingDirectory = sandbox.Root,
                Environment = new Dictionary<string, string> { ["A"] = "x y" },
                Bounds = bounds,
            },
            CancellationToken.None);

        // bash tells each program its name and how many shells it is in.
        Assert.That(
            environment.Output.Where(static line => line is not ("_=/usr/bin/env" or "SHLVL=0")).Order(StringComparer.Ordinal),
            Is.EqualTo(new[] { "A=x y", "LANG=C", "LANGUAGE=C", "LC_ALL=C", "LC_CTYPE=C", "LC_MESSAGES=C" }));
    }

    [TestCase("dash")]
    [TestCase("bash")]
    public void A_lower_limit_of_the_user_stays(string shell)
    {
        using var sandbox = new Sandbox();
        var inner = sandbox.Script("inner.sh", "ulimit -t; ulimit -v; ulimit -f\n");

        var start = new BoundedStart(s_wide with { Shell = Shell(sandbox, shell) }, Sandbox.Environment, static resource => resource switch
        {
            0 => (50, 60),
            1 => (1 << 20, 1 << 21),
            _ => (1 << 30, long.MaxValue),
        });
        var request = new ToolRequest { Program = inner, WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment };
        var result = ToolProcess.Run(request with { Program = start.Shell, Arguments = [.. start.Arguments(request)] }, CancellationToken.None);
        Assert.That(result.Output, Is.EqualTo(new[] { "50", "1048576", "2048" }), string.Join('\n', result.Errors));
    }

    [Test]
    public void A_limit_that_is_already_the_hard_one_is_no_error()
    {
        using var sandbox = new Sandbox();
        var start = new BoundedStart(s_wide, Sandbox.Environment, static _ => (1 << 30, 1 << 30));
        var request = new ToolRequest { Program = "/bin/true", WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment };
        var arguments = string.Join(' ', start.Arguments(request).Select(static argument => $"'{argument}'"));
        var script = sandbox.Script("s.sh", $"ulimit -t 1073741824; ulimit -f 2097152; ulimit -v 1048576\nexec /bin/sh {arguments}\n");
        Assert.That(ToolProcess.Run(request with { Program = script }, CancellationToken.None).ExitCode, Is.Zero);
    }

    [Test]
    public void What_cannot_be_started_is_told_as_without_bounds()
    {
        using var sandbox = new Sandbox();
        var file = sandbox.Write("not executable", "");
        Assert.Multiple(() =>
        {
            Assert.That(Run(sandbox, s_wide, sandbox.PathOf("none")).StartError, Is.EqualTo("No such file or directory"));
            Assert.That(Run(sandbox, s_wide, file).StartError, Is.EqualTo("Permission denied"));
            Assert.That(Run(sandbox, s_wide, sandbox.Root).StartError, Is.EqualTo("Permission denied").Or.EqualTo("Is a directory"));
            Assert.That(Run(sandbox, s_wide with { Shell = Shell(sandbox, "bash") }, sandbox.PathOf("none")).StartError, Is.EqualTo("No such file or directory"));
            Assert.That(Run(sandbox, s_wide, sandbox.PathOf("none")).ExitCode, Is.EqualTo(-1));
        });
    }

    [Test]
    public void Processor_time_of_one_process_is_bounded()
    {
        using var sandbox = new Sandbox();
        var result = Run(sandbox, new RunBounds { ProcessorTime = TimeSpan.FromSeconds(1) }, sandbox.Script("s.sh", "while :; do :; done\n"));
        Assert.That(result.BoundExceeded, Is.EqualTo(new BoundExceeded(RunBound.ProcessorTime, "it used 1 s of CPU time")));
        Assert.That(result.Interruption, Is.EqualTo("it used 1 s of CPU time"));
    }

    [Test]
    public void Processor_time_of_many_short_processes_is_bounded()
    {
        using var sandbox = new Sandbox();
        var script = sandbox.Script("s.sh", "while :; do (i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done); done\n");
        var result = Run(sandbox, new RunBounds { ProcessorTime = TimeSpan.FromSeconds(1), WallTime = TimeSpan.FromSeconds(60) }, script);
        Assert.That(result.BoundExceeded?.Bound, Is.EqualTo(RunBound.ProcessorTime));
    }

    [Test]
    public void A_compiler_that_runs_too_long_is_told_from_what_the_driver_says()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("bomb.c", "#define A(x) x x x x x x x x\n#define B(x) A(A(A(A(x))))\n#define C(x) B(B(B(x)))\nchar *s = C(\"\");\n");
        var result = Run(sandbox, new RunBounds { ProcessorTime = TimeSpan.FromSeconds(1), MemoryBytes = 8L << 30 }, Tools.Require("gcc"), "-S", "bomb.c");
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.BoundExceeded?.Words, Is.EqualTo("it used 1 s of CPU time"), string.Join('\n', result.Errors));
    }

    [Test]
    public void A_file_that_the_assembler_or_compiler_writes_is_bounded()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("fill.c", "__asm__(\".fill 100000000, 1, 0x90\");\nint x;\n");
        sandbox.Write("big.c", "char big[10000000] = { 1 };\n");
        var bounds = new RunBounds { FileBytes = 1 << 20 };
        foreach (var source in new[] { "fill.c", "big.c" })
        {
            var result = Run(sandbox, bounds, Tools.Require("gcc"), "-c", source);
            Assert.That(result.BoundExceeded, Is.EqualTo(new BoundExceeded(RunBound.FileSize, "a file grew over 1 MB")), string.Join('\n', result.Errors));
        }

        var direct = Run(sandbox, bounds, "/usr/bin/head", "-c", "10000000", "/dev/zero");
        Assert.That(direct.BoundExceeded, Is.Null, "a pipe is no file");
        var script = sandbox.Script("s.sh", "head -c 10000000 /dev/zero > out\n");
        Assert.That(Run(sandbox, bounds, script).BoundExceeded?.Bound, Is.EqualTo(RunBound.FileSize));
        Assert.That(new FileInfo(sandbox.PathOf("out")).Length, Is.LessThanOrEqualTo(1 << 20));
    }

    [Test]
    public void Memory_of_a_compiler_is_bounded()
    {
        using var sandbox = new Sandbox();
        sandbox.Write("bomb.c", "#define A(...) __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__\n#define B(...) A(A(A(A(__VA_ARGS__))))\nint s[] = { B(B(B(1))) };\n");
        var result = Run(sandbox, new RunBounds { MemoryBytes = 256 << 20 }, Tools.Require("gcc"), "-S", "bomb.c");
        Assert.That(result.BoundExceeded, Is.EqualTo(new BoundExceeded(RunBound.Memory, "memory ran out at 256 MB")), string.Join('\n', result.Errors));
    }

    [TestCase("#include \"fifo\"\n", "-S")]
    [TestCase("int x;\n", "-S", "-include", "fifo")]
    [TestCase("__asm__(\".incbin \\\"fifo\\\"\");\n", "-c")]
    public void A_compiler_that_waits_for_a_FIFO_is_ended(string source, params string[] arguments)
    {
        using var sandbox = new Sandbox();
        Assert.That(Run(sandbox, null, "/usr/bin/mkfifo", "fifo").ExitCode, Is.Zero);
        sandbox.Write("a.c", source);
        var clock = Stopwatch.StartNew();
        var result = Run(sandbox, new RunBounds { IdleTime = TimeSpan.FromSeconds(1), WallTime = TimeSpan.FromSeconds(60) }, Tools.Require("gcc"), [.. arguments, "a.c"]);
        Assert.That(result.BoundExceeded, Is.EqualTo(new BoundExceeded(RunBound.IdleTime, "it waited for something for 1 s")));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public void What_works_or_prints_now_and_then_is_not_idle()
    {
        using var sandbox = new Sandbox();
        var bounds = new RunBounds { IdleTime = TimeSpan.FromSeconds(1) };
        Assert.That(Run(sandbox, bounds, sandbox.Script("p.sh", "for i in 1 2 3 4 5 6; do sleep 0.4; echo $i; done\n")).BoundExceeded, Is.Null);
        var works = sandbox.Script(
            "w.sh", "for i in 1 2 3 4 5 6; do sleep 0.4; (j=0; while [ $j -lt 60000 ]; do j=$((j+1)); done); done\n");
        Assert.That(Run(sandbox, bounds, works).BoundExceeded, Is.Null);
    }

    [Test]
    public void Wall_time_processes_and_output_are_bounded_and_the_whole_tree_ends()
    {
        using var sandbox = new Sandbox();
        var wall = Run(sandbox, new RunBounds { WallTime = TimeSpan.FromSeconds(1) }, sandbox.Script("w.sh", "sleep 60 & echo $! > child; sleep 60\n"));
        var many = Run(
            sandbox,
            new RunBounds { Processes = 5, WallTime = TimeSpan.FromSeconds(8) },
            sandbox.Script("m.sh", "for i in 1 2 3 4 5 6 7 8; do sleep 60 & done; wait\n"));
        var loud = Run(sandbox, new RunBounds { OutputBytes = 1 << 20 }, sandbox.Script("l.sh", "exec cat /dev/zero\n"));
        Assert.Multiple(() =>
        {
            Assert.That(wall.BoundExceeded?.Words, Is.EqualTo("it ran for 1 s"));
            Assert.That(many.BoundExceeded?.Words, Is.EqualTo("it started more than 5 processes"));
            Assert.That(loud.BoundExceeded?.Words, Is.EqualTo("it printed more than 1 MB"));
            Assert.That(loud.ExitCode, Is.Not.Zero);
        });
        var child = int.Parse(File.ReadAllText(sandbox.PathOf("child")), CultureInfo.InvariantCulture);
        Assert.That(() => ProcessStatus.Of(child) is null or { State: 'Z' }, Is.True.After(5000, 20));
    }

    [Test]
    public void Cancelling_a_bounded_run_ends_it()
    {
        using var sandbox = new Sandbox();
        using var cancellation = new CancellationTokenSource(500);
        Assert.That(
            () => ToolProcess.Run(
                new ToolRequest { Program = "/bin/sleep", Arguments = ["60"], WorkingDirectory = sandbox.Root, Environment = Sandbox.Environment, Bounds = s_wide },
                cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void A_bounded_start_of_a_program_that_is_still_being_written_is_tried_again()
    {
        using var sandbox = new Sandbox();
        File.Copy("/bin/true", sandbox.PathOf("copy"));
        var writer = File.OpenWrite(sandbox.PathOf("copy"));
        var closing = Task.Run(() =>
        {
            Thread.Sleep(100);
            writer.Dispose();
        });
        var result = Run(sandbox, s_wide, sandbox.PathOf("copy"));
        closing.GetAwaiter().GetResult();
        Assert.That((result.ExitCode, result.StartError), Is.EqualTo((0, (string?)null)));
    }

    private static ToolResult Run(Sandbox sandbox, RunBounds? bounds, string program, params string[] arguments) => ToolProcess.Run(
        new ToolRequest
        {
            Program = program,
            Arguments = arguments,
            WorkingDirectory = sandbox.Root,
            Environment = Sandbox.Environment,
            Bounds = bounds,
        },
        CancellationToken.None);

    private static string Shell(Sandbox sandbox, string name)
    {
        var link = sandbox.PathOf($"{name}-dir/sh");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Tools.Require(name));
        return link;
    }
}
