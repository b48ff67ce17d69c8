using System.Text.RegularExpressions;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Gating.Policies;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Tests;
using IpaAnalysis.Verdicts;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>An edit of one input makes exactly the steps behind it run, and each says why.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StepTests : IDisposable
{
    private const string Cached = "cached";
    private const string Modified = "modified";
    private const string Unchanged = "unchanged";

    private static readonly string[] s_analysis = ["resolve", "impact", "exact", "gate", "outputs"];

    private readonly TaskDirectory _directory = new();
    private string _compiler = "";
    private string _flags = "-O2";
    private string _policy = "inline-clone";
    private string _baseline = "";
    private string _patched = "small";
    private bool _hasSources = true;

    [SetUp]
    public void SetUp()
    {
        _directory.Write("src/value.h", "#define VALUE 12\n");
        _directory.Write("src/a.c", """
            #include "value.h"
            int external(int);
            static inline int small(int v) { return external(v) + 1; }
            static __attribute__((noinline)) int scaled(int v, int s) { return external(v) * s + external(s); }
            int use_small(int v) { return small(v) * 2; }
            int use_scaled(int v) { return scaled(v, VALUE) + scaled(v + 1, VALUE); }

            """);
        _directory.Write("src/b.c", "int other(int v) { return v * 3; }\n");
        File.WriteAllBytes(_directory.At("known.json"), GateBaselineFile.Serialize(GateBaseline.Of([])));
        _compiler = _directory.At("bin/gcc");
        Directory.CreateDirectory(_directory.At("bin"));
        File.CreateSymbolicLink(_compiler, Tools.Require("gcc"));
    }

    public void Dispose() => _directory.Dispose();

    [Test]
    public void The_first_build_runs_every_step_and_the_second_none()
    {
        Assert.That(Build(), Is.EqualTo(["compile: 2 new", "collect: new", "summarise: 2 new", .. s_analysis.Select(s => $"{s}: new")]));
        Assert.That(Build(), Is.EqualTo(["compile: 2 cached", "collect: cached", "summarise: cached", .. s_analysis.Select(s => $"{s}: cached")]));
    }

    [Test]
    public void Source()
    {
        Build();
        _directory.Write("src/b.c", "int other(int v) { return v * 5; }\n");
        Assert.That(Build(), Is.EqualTo([
            "compile: 1 modified, 1 cached", "collect: unchanged", "summarise: 1 unchanged, 1 cached", .. Analysis(Cached, Cached, Cached, Cached, Cached)]));
        _directory.Write("src/b.c", "static inline int third(int v) { return v / 3; }\nint other(int v) { return third(v) * 5; }\n");
        Assert.That(Build(), Is.EqualTo([
            "compile: 1 modified, 1 cached", "collect: unchanged", "summarise: 1 modified, 1 cached", .. Analysis(Unchanged, Unchanged, Unchanged, Unchanged, Modified)]));
    }

    [Test]
    public void Header()
    {
        Build();
        _directory.Write("src/value.h", "#define VALUE 13\n");
        Assert.That(Build(), Is.EqualTo([
            "compile: 1 modified, 1 cached", "collect: unchanged", "summarise: 1 unchanged, 1 cached", .. Analysis(Cached, Cached, Unchanged, Cached, Cached)]));
    }

    [Test]
    public void Dump()
    {
        _hasSources = false;
        _directory.Gcc("src/a.c", "tree/a.o");
        Build();
        var dump = Directory.GetFiles(_directory.At("tree"), "*.ipa-clones").Single();
        File.SetLastWriteTimeUtc(dump, DateTime.UtcNow.AddMinutes(-3));
        Assert.That(Build(), Is.EqualTo(["collect: unchanged", "summarise: unchanged", .. Analysis(Cached, Cached, Cached, Cached, Cached)]), "touched");
        File.WriteAllLines(dump, File.ReadAllLines(dump).Where(l => !l.Contains("inlining", StringComparison.Ordinal)));
        Assert.That(Build()[..3], Is.EqualTo(["collect: unchanged", "summarise: modified", "resolve: modified"]), "small is in no dump any more");
    }

    [Test]
    public void Flags()
    {
        Build();
        _flags = "-O2 -fno-ipa-cp";
        Assert.That(Build(), Is.EqualTo([
            "compile: 2 modified", "collect: modified", "summarise: 1 modified, 1 unchanged", .. Analysis(Unchanged, Unchanged, Unchanged, Modified, Modified)]));
    }

    [Test]
    public void Patched_function()
    {
        Build();
        _patched = "scaled";
        Assert.That(Build(), Is.EqualTo(["compile: 2 cached", "collect: cached", "summarise: 2 cached", .. Analysis(Modified, Modified, Modified, Unchanged, Modified)]));
    }

    [Test]
    public void Policy()
    {
        Build();
        _policy = "none";
        Assert.That(Build(), Is.EqualTo(["compile: 2 cached", "collect: cached", "summarise: 2 cached", .. Analysis(Cached, Cached, Cached, Modified, Modified)]));
    }

    [Test]
    public void Baseline()
    {
        _baseline = "known.json";
        Build();
        File.AppendAllText(_directory.At("known.json"), " ");
        Assert.That(Build(), Is.EqualTo(["compile: 2 cached", "collect: cached", "summarise: 2 cached", .. Analysis(Cached, Cached, Cached, Unchanged, Cached)]));
    }

    [Test]
    public void Compiler()
    {
        Build();
        File.Delete(_compiler);
        File.CreateSymbolicLink(_compiler, Tools.Require("gcc-11"));
        Assert.That(Build()[..2], Is.EqualTo(["compile: 2 modified", "collect: modified"]), "the commands name it");
    }

    /// <summary>The call is of a function without effect, so that object, dump and call graph say the same without it.</summary>
    [Test]
    public void A_source_that_comes_to_mention_the_function_is_asked_again()
    {
        const string Without = "__attribute__((noinline)) static int f(int x) { return x * 3 + 1; }\nint keep(int x) { return f(x) + 1; }\nint g(int x) { return x + 2; }\n";
        _directory.Write("src/a.c", Without);
        _patched = "f";
        Build();
        var exact = File.ReadAllText(_directory.At(TaskDirectory.Manifest));
        _directory.Write("src/a.c", Without.Replace("int g(int x) { ", "int g(int x) { f(x); ", StringComparison.Ordinal));
        Assert.That(Build(), Is.EqualTo([
            "compile: 1 modified, 1 cached", "collect: unchanged", "summarise: 1 unchanged, 1 cached", .. Analysis(Cached, Cached, Modified, Unchanged, Modified)]));
        Assert.That(File.ReadAllText(_directory.At(TaskDirectory.Manifest)), Is.Not.EqualTo(exact).And.Contain("\"function\": \"g\""));
    }

    [Test]
    public void A_header_of_a_tree_that_was_edited_since_is_told()
    {
        _hasSources = false;
        _directory.Gcc("src/a.c", "tree/a.o");
        _directory.Write("tree/compile_commands.json", $$"""
            [{ "directory": "{{_directory.Root}}", "file": "src/a.c", "output": "tree/a.o", "command": "gcc -O2 -c src/a.c -o tree/a.o" }]
            """);
        _patched = "scaled";
        Build();
        Assert.That(File.ReadAllText(_directory.At(TaskDirectory.Manifest)), Does.Contain("\"exact\": true"));
        _directory.Write("src/value.h", "#define VALUE 13\n");
        Assert.That(Question().Message, Is.EqualTo("The build is not up to date: its content or status changed. Step exact has to run: build without -question.").Or.Contains("its time stamp changed. Step exact"));
        Build();
        Assert.That(File.ReadAllText(_directory.At(TaskDirectory.Manifest)), Does.Contain("\"exact\": false"));
    }

    [TestCase(TaskDirectory.Manifest)]
    [TestCase(TaskDirectory.Schema)]
    public void An_output_that_is_gone_is_named(string file)
    {
        Build();
        File.Delete(_directory.At(file));
        var error = Question();
        Assert.That((error.File, error.Message), Is.EqualTo((_directory.At(file), "The build is not up to date: it is gone. Step outputs has to run: build without -question.")));
    }

    [Test]
    public void A_question_about_an_explanation_runs_nothing()
    {
        Build();
        IpaExplainFunction Explain(string function) => new() { Function = function, Compiler = _compiler, ExplainFile = "obj/ipa/explanation.txt" };
        _directory.MustRun(Explain("small"));
        var before = _directory.Snapshot();
        MockEngine Ask(string function)
        {
            var task = Explain(function);
            ((IIncrementalTask)task).FailIfNotIncremental = true;
            return _directory.Run(task).Log;
        }

        Assert.That(Ask("small").Errors, Is.Empty);
        Assert.That(Ask("scaled").Errors.Single().Code, Is.EqualTo("IPA1023"));
        Assert.That(_directory.Snapshot(), Is.EqualTo(before));
    }

    [Test]
    public void A_build_that_only_asks_names_the_step()
    {
        Build();
        _patched = "scaled";
        Assert.That(Question().Message, Is.EqualTo("The build is not up to date: its inputs or options changed. Step resolve has to run: build without -question."));
    }

    private static IEnumerable<string> Analysis(params string[] reasons) => s_analysis.Zip(reasons, (step, reason) => $"{step}: {reason}");

    private string[] Build()
    {
        // Files that are written in the tick of the last look have to be looked at again.
        Thread.Sleep(60);
        var lines = new List<string>();
        var compile = TaskDirectory.Compile(_hasSources ? ["src/a.c", "src/b.c"] : []);
        (compile.Compiler, compile.CompilerFlags) = (_compiler, _flags);
        Run(compile, lines);
        var collect = TaskDirectory.Collect(_hasSources ? [] : [new TaskItem("tree")]);
        collect.CompiledSources = compile.CompiledSources;
        Run(collect, lines);
        var analyze = Analyze();
        analyze.UnitsKey = collect.UnitsKey;
        Run(analyze, lines);
        return [.. lines];
    }

    private BuildErrorEventArgs Question()
    {
        var task = Analyze();
        ((IIncrementalTask)task).FailIfNotIncremental = true;
        return _directory.Run(task).Log.Errors.Single();
    }

    private IpaAnalyzeUnits Analyze()
    {
        var task = TaskDirectory.Analyze(new TaskItem(_patched));
        (task.Policy, task.GateBaseline, task.Compiler) = (_policy, _baseline, _compiler);
        return task;
    }

    private void Run(IpaTask task, List<string> lines)
    {
        var (_, log) = _directory.Run(task);
        Assert.That(log.Errors.Where(e => !e.Code.StartsWith("IPA5", StringComparison.Ordinal) && e.Code != "IPA4001").Select(e => e.Message), Is.Empty);
        lines.AddRange(log.Messages.Select(m => Regex.Match(m.Message ?? "", @"^Step (\w+: [^(]*?)(?: \(.*\))?\.$")).Where(m => m.Success).Select(m => m.Groups[1].Value));
    }
}
