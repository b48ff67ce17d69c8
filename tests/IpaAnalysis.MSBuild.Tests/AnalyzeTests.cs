using System.Text.Json;
using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Files;
using IpaAnalysis.Files.State;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Sessions.State;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>The analysing task: what it repeats, and when it works again.</summary>
internal sealed class AnalyzeTests
{
    private const string Source = """
        static __attribute__((noinline)) int helper(int x, int unused) { return x * 3; }
        static inline int small(int x) { return x + 1; }
        int caller(int x) { return helper(x, 7) + small(x); }
        int other(int x) { return small(x) * 2; }

        """;

    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TaskDirectory();
        _directory.Write("src/a.c", Source);
        _directory.Gcc("src/a.c", "tree/a.o");
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void The_second_run_writes_nothing()
    {
        var first = _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small"), new TaskItem("helper")));
        var before = _directory.Snapshot();
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
        var second = _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small"), new TaskItem("helper")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
            Assert.That(first.Manifest.Select(m => m.ItemSpec), Is.EqualTo([_directory.At(TaskDirectory.Manifest)]));
            Assert.That(first.AffectedFunctions, Is.Not.Empty);
            Assert.That(first.FunctionsToPatch, Is.Not.Empty);
            Assert.That(Describe(second), Is.EqualTo(Describe(first)));
        }
    }

    [Test]
    public void A_touched_dump_is_read_again()
    {
        Assert.That(_directory.MustRun(TaskDirectory.Analyze(new TaskItem("small"))).AffectedFunctions, Is.Not.Empty);
        Assert.That(IsComplete(), Is.True);
        var dump = Directory.GetFiles(_directory.At("tree"), "*.ipa-clones").Single();
        File.WriteAllBytes(dump, [(byte)'x', .. File.ReadAllBytes(dump)[1..]]);
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
        var task = TaskDirectory.Analyze(new TaskItem("small"));
        var (succeeded, log) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.True);
            Assert.That(log.Warnings.Select(w => w.Code), Has.Member("IPA3001"));
            Assert.That(IsComplete(), Is.False);
        }

        bool IsComplete() => JsonDocument.Parse(File.ReadAllText(_directory.At(TaskDirectory.Manifest))).RootElement.GetProperty("complete").GetBoolean();
    }

    private static readonly TestCaseData<Action<IpaAnalyzeUnits>>[] s_changes =
    [
        new(t => t.PatchedFunctions = [new TaskItem("helper")]) { TestName = "Other_function_is_analysed" },
        new(t => t.PatchedFunctions[0].SetMetadata("Line", "2")) { TestName = "Other_line_is_analysed" },
        new(t => t.Scope = "all") { TestName = "Other_scope_is_analysed" },
        new(t => t.ManifestFile = "elsewhere/manifest.json") { TestName = "Other_manifest_file_is_written" },
    ];

    [TestCaseSource(nameof(s_changes))]
    public void Another_question_is_answered_anew(Action<IpaAnalyzeUnits> change)
    {
        _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        var result = File.ReadAllBytes(_directory.At(TaskDirectory.Result));
        var task = TaskDirectory.Analyze(new TaskItem("small"));
        change(task);
        _directory.MustRun(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllBytes(_directory.At(TaskDirectory.Result)), Is.Not.EqualTo(result));
            Assert.That(_directory.Exists(task.ManifestFile));
            Assert.That(_directory.Exists(TaskDirectory.Manifest), "a manifest under another name is still wanted");
            Assert.That(_directory.Exists(TaskDirectory.Schema));
            Assert.That(File.ReadAllText(_directory.At(TaskDirectory.OutputList)), Does.Contain(TaskDirectory.Manifest).And.Contain(task.ManifestFile));
        }
    }

    [TestCase(TaskDirectory.Manifest, true)]
    [TestCase(TaskDirectory.Manifest, false)]
    [TestCase(TaskDirectory.Schema, true)]
    [TestCase(TaskDirectory.Schema, false)]
    [TestCase(TaskDirectory.Result, true)]
    public void A_lost_or_modified_output_is_restored(string file, bool delete)
    {
        _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        var content = File.ReadAllBytes(_directory.At(file));
        if (delete)
        {
            File.Delete(_directory.At(file));
        }
        else
        {
            File.AppendAllText(_directory.At(file), " ");
        }

        _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        Assert.That(File.ReadAllBytes(_directory.At(file)), Is.EqualTo(content));
    }

    [Test]
    public void A_damaged_result_is_made_anew()
    {
        var first = _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        var content = File.ReadAllBytes(_directory.At(TaskDirectory.Result));
        for (var offset = 0; offset < content.Length; offset += Math.Max(1, content.Length / 40))
        {
            var damaged = content.ToArray();
            damaged[offset] ^= 0x55;
            File.WriteAllBytes(_directory.At(TaskDirectory.Result), offset % 2 == 0 ? damaged : damaged[..offset]);
            var again = _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
            Assert.That(Describe(again), Is.EqualTo(Describe(first)), $"offset {offset}");
            Assert.That(File.ReadAllBytes(_directory.At(TaskDirectory.Result)), Is.EqualTo(content), $"offset {offset}");
        }
    }

    [Test]
    public void Damaged_units_are_collected_anew_and_never_analysed()
    {
        _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        var content = File.ReadAllBytes(_directory.At(TaskDirectory.Units));
        for (var offset = 0; offset < content.Length; offset += Math.Max(1, content.Length / 20))
        {
            var damaged = content.ToArray();
            damaged[offset] ^= 0x55;
            File.WriteAllBytes(_directory.At(TaskDirectory.Units), damaged);
            var (_, log) = _directory.Run(TaskDirectory.Analyze(new TaskItem("small")));
            Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA9002"]), $"offset {offset}");
            _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
            Assert.That(File.ReadAllBytes(_directory.At(TaskDirectory.Units)), Is.EqualTo(content), $"offset {offset}");
        }
    }

    [Test]
    public void A_result_of_another_version_of_the_package_is_not_read()
    {
        _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        var result = File.ReadAllBytes(_directory.At(TaskDirectory.Result));
        // A whole file of this format whose key is another and whose rows this version cannot read.
        IpaAnalysis.Files.State.StateFile.Write(_directory.At(TaskDirectory.Result), "IPARESLT", StoredResult.Version, w =>
        {
            w.Write(32);
            w.Write(new byte[32]);
            w.Write(32);
            w.Write(new byte[32]);
            w.Write(1L);
            w.Write(1L);
            w.Write(1);
            w.Write("IPA7777");
        });
        _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        Assert.That(File.ReadAllBytes(_directory.At(TaskDirectory.Result)), Is.EqualTo(result));
    }

    [Test]
    public void An_error_stands_in_the_manifest_and_is_repeated_without_reading()
    {
        _directory.MustRun(TaskDirectory.Analyze(new TaskItem("small")));
        var (succeeded, first) = _directory.Run(TaskDirectory.Analyze(new TaskItem("smal")));
        var before = _directory.Snapshot();
        var manifest = JsonDocument.Parse(File.ReadAllText(_directory.At(TaskDirectory.Manifest))).RootElement;
        Assert.That(manifest.GetProperty("diagnostics").EnumerateArray().Select(d => d.GetProperty("code").GetString()), Is.EqualTo(["IPA4001"]));
        Assert.That(manifest.GetProperty("patchedFunctions").EnumerateArray(), Is.Empty);
        var dump = Directory.GetFiles(_directory.At("tree"), "*.ipa-clones").Single();
        var time = File.GetLastWriteTimeUtc(dump);
        File.WriteAllBytes(dump, [.. Enumerable.Repeat((byte)'x', (int)new FileInfo(dump).Length)]);
        File.SetLastWriteTimeUtc(dump, time);
        var task = TaskDirectory.Analyze(new TaskItem("smal"));
        var (again, second) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded || again, Is.False);
            Assert.That(first.Errors.Select(e => e.Code), Is.EqualTo(["IPA4001"]));
            Assert.That(second.Coded, Is.EqualTo(first.Coded));
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
            Assert.That(task.Manifest, Has.Length.EqualTo(1));
            Assert.That(task.FunctionsToPatch, Is.Empty);
        }
    }

    [Test]
    public void An_error_before_any_manifest_is_that_error_only_and_is_repeated_without_reading()
    {
        // The manifest's directory is not there yet.
        var (_, first) = _directory.Run(TaskDirectory.Analyze(new TaskItem("nobody")));
        Assert.That(first.Errors.Select(e => e.Code), Is.EqualTo(["IPA4001"]));
        var (_, second) = _directory.Run(TaskDirectory.Analyze(new TaskItem("nobody")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Coded, Is.EqualTo(first.Coded));
            Assert.That(second.Messages.Select(m => m.Message), Has.Some.Contains("the last result is repeated"));
        }
    }

    [TestCase("patched,index")]
    [TestCase("+1")]
    [TestCase("-1")]
    [TestCase("1")]
    [TestCase("some")]
    public void A_scope_is_one_of_three_words(string scope)
    {
        var task = TaskDirectory.Analyze(new TaskItem("small"));
        task.Scope = scope;
        Assert.That(_directory.Run(task).Log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1005"]));
    }

    [TestCase("Line", "0")]
    [TestCase("Line", "x")]
    [TestCase("AllMatches", "yes")]
    public void Metadata_of_a_patched_function_are_checked(string name, string value)
    {
        var function = new TaskItem("small");
        function.SetMetadata(name, value);
        Assert.That(_directory.Run(TaskDirectory.Analyze(function)).Log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1005"]));
    }

    [Test]
    public void A_cancelled_analysis_leaves_no_half_of_a_file()
    {
        var before = _directory.Files();
        var task = TaskDirectory.Analyze(new TaskItem("small"));
        task.Cancel();
        var (succeeded, log) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Coded, Is.Empty);
            Assert.That(_directory.Files(), Is.EqualTo(before));
        }
    }

    [Test]
    public void An_explanation_that_fails_leaves_no_old_one()
    {
        _directory.MustRun(new IpaExplainFunction { Function = "small", ExplainFile = "obj/ipa/explanation.txt" });
        Assert.That(_directory.Exists("obj/ipa/explanation.txt"));
        var (_, log) = _directory.Run(new IpaExplainFunction { Function = "smal", ExplainFile = "obj/ipa/explanation.txt" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA4001"]));
            Assert.That(_directory.Exists("obj/ipa/explanation.txt"), Is.False);
        }
    }

    private static string[] Describe(IpaAnalyzeUnits task) =>
    [
        .. new[] { task.Manifest, task.AffectedFunctions, task.FunctionsToPatch, task.WrittenFiles }
            .SelectMany(items => items.Cast<ITaskItem2>())
            .Select(i => i.EvaluatedIncludeEscaped + string.Concat(i.CloneCustomMetadataEscaped().Keys.Cast<string>().Order(StringComparer.Ordinal)
                .Select(k => $" {k}={i.GetMetadataValueEscaped(k)}"))),
    ];
}
