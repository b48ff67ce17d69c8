using System.Globalization;
using IpaAnalysis.Diagnostics;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Sessions.Reporting;
using IpaAnalysis.Tests;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>Long work says every few seconds how far it is; the clock is the test's.</summary>
internal sealed class ProgressTests
{
    [Test]
    public void At_most_one_message_in_each_interval()
    {
        var (clock, messages) = (new StepClock(), new List<string>());
        var progress = new ProgressLog(clock, messages.Add);
        for (var second = 0; second < 17; second++)
        {
            // Ten steps a second, of which one at most is told.
            for (var step = 0; step < 10; step++)
            {
                progress.Report(new WorkProgress(WorkPhase.ReadingUnits, (second * 10) + step, 30_000));
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(messages, Is.EqualTo(["Read 50 of 30000 units so far.", "Read 100 of 30000 units so far.", "Read 150 of 30000 units so far."]));
    }

    [Test]
    public void Each_phase_has_its_words()
    {
        var (clock, messages) = (new StepClock(), new List<string>());
        var progress = new NamedProgress("linux", new ProgressLog(clock, messages.Add));
        foreach (var phase in Enum.GetValues<WorkPhase>())
        {
            clock.Advance(ProgressLog.Interval);
            progress.Report(new WorkProgress(phase, 7, phase == WorkPhase.MakingObjects ? null : 1234));
        }

        Assert.That(messages, Is.EqualTo([
            "linux: make compiled 7 objects so far.",
            "Compiled 7 of 1234 C sources so far.",
            "Read 7 of 1234 units so far.",
            "Analyzed 7 of 1234 units so far.",
            "Compiled 7 of 1234 units with patched functions again so far.",
            "Wrote 7 of 1234 functions so far.",
        ]));
    }

    [Test]
    public void Of_threads_that_report_at_once_one_is_heard()
    {
        var (clock, count) = (new StepClock(), 0);
        var progress = new ProgressLog(clock, _ => Interlocked.Increment(ref count));
        for (var round = 0; round < 50; round++)
        {
            clock.Advance(ProgressLog.Interval);
            Parallel.For(0, 8, i => progress.Report(new WorkProgress(WorkPhase.ReadingUnits, i, 8)));
        }

        Assert.That(count, Is.EqualTo(50));
    }

    [Test]
    public void A_build_of_several_minutes_says_how_far_it_is()
    {
        using var directory = new TaskDirectory();
        string[] sources = [.. Enumerable.Range(0, 6).Select(i => $"src/f{i}.c")];
        foreach (var source in sources)
        {
            var name = Path.GetFileNameWithoutExtension(source);
            directory.Write(source, $"static int help_{name}(int x) {{ return x + 1; }}\nint {name}(int x) {{ return help_{name}(x); }}\n");
        }

        // Whoever looks at this clock finds it four seconds later: every second step is told.
        var compile = TaskDirectory.Compile(sources);
        compile.Jobs = 1;
        var compiled = Progress(directory, compile);
        var collect = TaskDirectory.Collect();
        collect.CompiledSources = compile.CompiledSources;
        directory.MustRun(collect);
        var analyze = TaskDirectory.Analyze();
        analyze.Scope = "all";
        var analyzed = Progress(directory, analyze);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compiled, Is.EqualTo(["Compiled 2 of 6 C sources so far.", "Compiled 4 of 6 C sources so far.", "Compiled 6 of 6 C sources so far."]));
            Assert.That(analyzed, Is.EqualTo([
                "Read 2 of 6 units so far.", "Read 4 of 6 units so far.", "Read 6 of 6 units so far.",
                "Analyzed 2 of 6 units so far.", "Analyzed 4 of 6 units so far.", "Analyzed 6 of 6 units so far.",
            ]));
            Assert.That(Progress(directory, Again(analyze)), Is.Empty, "there is no work");
        }
    }

    [Test]
    public void Make_says_how_many_objects_it_compiled()
    {
        Tools.Require("make");
        using var directory = new TaskDirectory();
        FakeKernel.Write((path, text) => directory.Write("linux/" + path, text));
        directory.Write("build/.config", FakeKernel.Config);
        var tree = new TaskItem("linux");
        tree.SetMetadata("OutputDir", "build");
        var task = new IpaBuildKernelTrees { Trees = [tree], Make = "make", StateDirectory = "obj/ipa/trees/", Jobs = 2 };
        Assert.That(Progress(directory, task, 7), Is.EqualTo(Enumerable.Range(1, 3).Select(i => $"linux: make compiled {i.ToString(CultureInfo.InvariantCulture)} objects so far.")));
        Assert.That(Progress(directory, new IpaBuildKernelTrees { Trees = [tree], Make = "make", StateDirectory = "obj/ipa/trees/" }, 7), Is.Empty);
    }

    /// <summary>What a task tells beyond a quick build's few words.</summary>
    private static string[] Progress(TaskDirectory directory, IpaTask task, int secondsAStep = 4)
    {
        task.Clock = new StepClock(TimeSpan.FromSeconds(secondsAStep));
        var (succeeded, log) = directory.Run(task);
        Assert.That(succeeded, string.Join('\n', log.Coded));
        return [.. log.Messages.Where(m => m.Importance == MessageImportance.High).Select(m => m.Message!)];
    }

    private static IpaAnalyzeUnits Again(IpaAnalyzeUnits task)
    {
        var again = TaskDirectory.Analyze();
        again.Scope = task.Scope;
        return again;
    }
}
