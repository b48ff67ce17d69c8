using System.Collections.Concurrent;
using IpaAnalysis.Files.Locks;
using IpaAnalysis.MSBuild.Locks;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Recompile;
using IpaAnalysis.Tests;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>From the first task of a project to the last one nobody else works in its intermediate directory.</summary>
internal sealed class LockTests
{
    private readonly ConcurrentDictionary<object, object> _build = new();
    private TaskDirectory _directory = null!;

    private string LockFile => _directory.At("obj/ipa/lock");

    private bool IsLocked => FileLock.IsBusy(LockFile, isShared: false);

    [SetUp]
    public void SetUp()
    {
        Tools.Require("gcc");
        _directory = new TaskDirectory();
        _directory.Write("a.c", "static int f(int x) { return x; } int g(int x) { return f(x); }\n");
    }

    [TearDown]
    public void TearDown()
    {
        BuildNode.End(_build);
        _directory.Dispose();
    }

    [Test]
    public void It_is_held_from_the_first_task_to_the_last()
    {
        var node = Instance();
        var collect = Compile(node);
        Assert.That(IsLocked);
        MustRun(collect, node);
        Assert.That(IsLocked);
        MustRun(Analyze(collect), node);
        Assert.That(IsLocked, Is.False);
        MustRun(new IpaReportGate(), node);
        Assert.That(node.Yields, Is.Zero);
    }

    [Test]
    public void The_gate_reports_this_builds_judgement_whatever_another_wrote_since()
    {
        var node = Instance();
        var collect = Compile(node);
        MustRun(collect, node);
        MustRun(Analyze(collect), node);
        _directory.Write(TaskDirectory.Result, "of another build");
        MustRun(new IpaReportGate(), node);
    }

    [Test]
    public void A_task_that_fails_gives_it_back_and_so_does_the_end_of_the_build()
    {
        var node = Instance();
        Compile(node);
        BuildNode.End(_build);
        Assert.That(IsLocked, Is.False);
        _directory.Write("a.c", "int f(int x) { return y; }\n");
        Assert.That(_directory.Run(TaskDirectory.Compile("a.c"), node).Succeeded, Is.False);
        Assert.That(IsLocked, Is.False);
    }

    [Test]
    public void Another_build_is_waited_for_and_that_is_said_once()
    {
        _directory.Write("obj/ipa/lock", "");
        using var other = OtherProcess.Locking(LockFile);
        var node = Instance();
        var running = System.Threading.Tasks.Task.Run(() => _directory.Run(TaskDirectory.Compile("a.c"), node));
        Assert.That(running.Wait(TimeSpan.FromSeconds(1)), Is.False);
        Assert.That(_directory.Exists("obj/ipa/objects/a.o"), Is.False);
        other.Kill();
        Assert.That(running.Wait(TimeSpan.FromMinutes(1)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.Result.Succeeded);
            Assert.That(
                node.Messages.Where(m => m.Importance == MessageImportance.High).Select(m => m.Message),
                Is.EqualTo([$"Waiting for another build that uses {_directory.At("obj/ipa")}."]));
            Assert.That(node.Yields, Is.Positive, "its holder may need the node");
        }
    }

    [Test]
    public void Waiting_can_be_cancelled()
    {
        _directory.Write("obj/ipa/lock", "");
        using var other = OtherProcess.Locking(LockFile);
        using var task = TaskDirectory.Compile("a.c");
        var running = System.Threading.Tasks.Task.Run(() => _directory.Run(task, Instance()));
        Thread.Sleep(300);
        task.Cancel();
        Assert.That(running.Wait(TimeSpan.FromSeconds(20)));
        Assert.That(running.Result.Succeeded, Is.False);
        Assert.That(running.Result.Log.Coded, Is.Empty);
    }

    [Test]
    public void A_second_instance_in_one_build_is_told_while_the_first_rests()
    {
        Compile(Instance("V=1"));
        var (succeeded, log) = _directory.Run(TaskDirectory.Compile("a.c"), Instance("V=2"));
        Assert.That(succeeded, Is.False);
        Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1024"]));
        Assert.That(_directory.Run(TaskDirectory.Collect(), Instance("V=1")).Succeeded, "the first goes on");
    }

    [Test]
    public void A_second_instance_after_the_first_simply_works()
    {
        foreach (var version in (string[])["V=1", "V=2"])
        {
            var node = Instance(version);
            var collect = Compile(node);
            MustRun(collect, node);
            MustRun(Analyze(collect), node);
        }
    }

    [Test]
    public void After_Clean_the_build_goes_on_as_from_the_start()
    {
        var node = Instance();
        Compile(node);
        MustRun(TaskDirectory.Clean(), node);
        Assert.That(_directory.Files(), Is.EqualTo(["a.c"]));
        var collect = Compile(node);
        Assert.That(IsLocked);
        MustRun(collect, node);
        MustRun(Analyze(collect), node);
        Assert.That(IsLocked, Is.False);
    }

    [Test]
    public void Explaining_after_the_analysis_takes_it_again_and_looks_whether_all_is_as_it_was()
    {
        var node = Instance();
        var collect = Compile(node);
        MustRun(collect, node);
        MustRun(Analyze(collect), node);
        MustRun(Explain(collect), node);
        Assert.That(IsLocked, Is.False);

        // Another build with other flags comes between.
        BuildAnother("-O1");
        var (succeeded, log) = _directory.Run(Explain(collect), node);
        Assert.That(succeeded, Is.False);
        Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1025"]));
    }

    [Test]
    public void A_lock_that_rests_is_offered_and_lost_only_if_somebody_wants_it()
    {
        var clock = new AlarmClock();
        var paths = LockedPath.InOrder(LockFile, [_directory.Root], [], isShared: false);
        using var alone = IntermediateLock.TryTake(paths, clock, out _)!;
        alone.Leave();
        clock.Ring();
        Assert.That((IsLocked, alone.TryEnter()), Is.EqualTo((true, true)));
        clock.Ring();
        Assert.That(alone.IsHeld, "a task uses it");
        alone.Leave();

        // The next look falls into the offer.
        FileLock? next = null;
        var waiting = System.Threading.Tasks.Task.Run(() =>
        {
            while ((next = FileLock.TryTake(LockFile, isShared: false).Lock) is null)
            {
                Thread.Sleep(50);
            }
        });
        clock.Ring();
        Assert.That(waiting.Wait(TimeSpan.FromSeconds(20)));
        Assert.That((alone.IsHeld, alone.TryEnter()), Is.EqualTo((false, false)));
        Assert.That(FileLock.IsBusy(_directory.Root, isShared: false), Is.False, "all or nothing");
        next!.Dispose();
    }

    [Test]
    public void The_kernel_of_a_module_is_read_by_many_and_built_by_one()
    {
        var kernel = Directory.CreateDirectory(_directory.At("kernel")).FullName;
        var reading = LockedPath.InOrder(LockFile, [], [kernel], isShared: false);
        var other = LockedPath.InOrder(_directory.At("other/lock"), [], [kernel], isShared: false);
        var building = LockedPath.InOrder(_directory.At("third/lock"), [kernel], [kernel], isShared: false);
        Assert.That(building.Select(p => (p.IsDirectory, p.IsShared)), Is.EqualTo([(false, false), (true, false)]), "once, for building");
        using (IntermediateLock.TryTake(reading, TimeProvider.System, out _)!)
        {
            using var second = IntermediateLock.TryTake(other, TimeProvider.System, out _);
            Assert.That(second, Is.Not.Null);
            Assert.That((IntermediateLock.TryTake(building, TimeProvider.System, out var busy), busy?.Path), Is.EqualTo(((IntermediateLock?)null, kernel)));
        }

        using var builder = IntermediateLock.TryTake(building, TimeProvider.System, out _);
        Assert.That(builder, Is.Not.Null);
        Assert.That(IntermediateLock.TryTake(reading, TimeProvider.System, out _), Is.Null);
    }

    [Test]
    public void A_module_takes_the_directory_of_the_kernel_that_it_names()
    {
        var kernel = Directory.CreateDirectory(_directory.At("kernel")).FullName;
        var module = new TaskItem("module");
        module.SetMetadata("KernelBuildDir", "kernel");
        Directory.CreateDirectory(_directory.At("module"));
        var task = TaskDirectory.Compile("a.c");
        task.KernelModules = [module];
        MustRun(task, Instance());
        Assert.That((FileLock.IsBusy(kernel, isShared: false), FileLock.IsBusy(kernel, isShared: true)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Directories_of_make_are_locked_too_each_once_and_all_or_none()
    {
        Directory.CreateDirectory(_directory.At("one"));
        Directory.CreateDirectory(_directory.At("two"));
        File.CreateSymbolicLink(_directory.At("link"), _directory.At("one"));
        var task = TaskDirectory.Compile("a.c");
        task.KernelModules = [new TaskItem("one"), new TaskItem("link"), new TaskItem("two"), new TaskItem("missing")];
        using var other = OtherProcess.Locking(_directory.At("two"));
        var running = System.Threading.Tasks.Task.Run(() => _directory.Run(task, Instance()));
        Assert.That(running.Wait(TimeSpan.FromSeconds(1)), Is.False);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsLocked, Is.False, "who waits holds nothing");
            Assert.That(FileLock.IsBusy(_directory.At("one"), isShared: false), Is.False);
        }

        other.Kill();
        Assert.That(running.Wait(TimeSpan.FromMinutes(1)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.Result.Succeeded);
            Assert.That(FileLock.IsBusy(_directory.At("one"), isShared: false));
            Assert.That(FileLock.IsBusy(_directory.At("two"), isShared: false));
            Assert.That(Directory.GetFileSystemEntries(_directory.At("one")), Is.Empty);
        }
    }

    [Test]
    public void Clean_waits_removes_the_lock_and_leaves_nothing()
    {
        Compile(Instance());
        BuildNode.End(_build);
        using var other = OtherProcess.Locking(LockFile);
        var running = System.Threading.Tasks.Task.Run(() => _directory.Run(TaskDirectory.Clean(), Instance()));
        Assert.That(running.Wait(TimeSpan.FromSeconds(1)), Is.False);
        Assert.That(_directory.Exists("obj/ipa/objects/a.o"));
        other.Kill();
        Assert.That(running.Wait(TimeSpan.FromMinutes(1)));
        Assert.That(running.Result.Succeeded);
        Assert.That(_directory.Files(), Is.EqualTo(["a.c"]));
        Assert.That(Directory.Exists(_directory.At("obj/ipa")), Is.False);
    }

    [Test]
    public void A_build_that_only_asks_shares_it_and_writes_nothing()
    {
        Assert.That(_directory.Run(Asking(TaskDirectory.Compile("a.c")), Instance()).Succeeded, Is.False);
        Assert.That(_directory.Files(), Is.EqualTo(["a.c"]));
        Compile(Instance());
        BuildNode.End(_build);
        using var asking = FileLock.TryTake(LockFile, isShared: true).Lock;
        Assert.That(_directory.Run(Asking(TaskDirectory.Compile("a.c")), Instance()).Log.Coded, Is.Empty);
    }

    [Test]
    public void Where_nothing_can_be_locked_one_warning_says_so()
    {
        // A directory in its place: also root cannot open that.
        Directory.CreateDirectory(LockFile);
        var node = Instance();
        _directory.Run(TaskDirectory.Compile("a.c"), node);
        var (succeeded, log) = _directory.Run(TaskDirectory.Collect(), node);
        Assert.That(succeeded);
        Assert.That(log.Warnings.Select(w => w.Code), Is.EqualTo(["IPA1026"]));
    }

    private static IpaCompileSources Asking(IpaCompileSources task)
    {
        ((IIncrementalTask)task).FailIfNotIncremental = true;
        return task;
    }

    private static IpaAnalyzeUnits Analyze(IpaCollectUnits collected)
    {
        var task = TaskDirectory.Analyze(new TaskItem("f"));
        task.UnitsKey = collected.UnitsKey;
        return task;
    }

    private static IpaExplainFunction Explain(IpaCollectUnits collected) => new()
    {
        UnitsKey = collected.UnitsKey,
        Function = "f",
        ExactImpact = "false",
        ExplainFile = "obj/ipa/explanation.txt",
    };

    private BuildNode Instance(string property = "V=0") => new(_build, new Dictionary<string, string> { ["V"] = property });

    /// <summary>Compiles; returns the task that comes next.</summary>
    private IpaCollectUnits Compile(BuildNode node)
    {
        var compile = TaskDirectory.Compile("a.c");
        MustRun(compile, node);
        var collect = TaskDirectory.Collect();
        collect.CompiledSources = compile.CompiledSources;
        return collect;
    }

    private void BuildAnother(string flags)
    {
        var compile = TaskDirectory.Compile("a.c");
        compile.CompilerFlags = flags;
        _directory.MustRun(compile);
        var collect = TaskDirectory.Collect();
        collect.CompiledSources = compile.CompiledSources;
        _directory.MustRun(collect);
    }

    private void MustRun(IpaTask task, BuildNode node)
    {
        var (succeeded, log) = _directory.Run(task, node);
        Assert.That(log.Errors.Select(e => $"{e.Code} {e.Message}"), Is.Empty);
        Assert.That(succeeded);
    }

    /// <summary>A clock whose timers go off when the test says so.</summary>
    private sealed class AlarmClock : TimeProvider
    {
        private readonly List<(TimerCallback Callback, object? State)> _timers = [];

        public void Ring() => _timers.ForEach(static t => t.Callback(t.State));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _timers.Add((callback, state));
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
