using IpaAnalysis.Files;
using IpaAnalysis.MSBuild.Tests.Harness;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>The store of summaries under the tasks: what is read again, what that makes run, and what is told of it.</summary>
internal sealed class StoreTests
{
    private const string Store = "obj/ipa/summaries.state";
    private const string Source = "#include \"small.h\"\nint NAME(int x) { return small(x) * 3; }\n";

    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TaskDirectory();
        _directory.Write("src/small.h", "static inline int small(int x) { return x + 1; }\n");
        foreach (var name in (string[])["a", "b", "c"])
        {
            _directory.Write($"src/{name}.c", Source.Replace("NAME", name, StringComparison.Ordinal));
            _directory.Gcc($"src/{name}.c", $"tree/{name}.o");
        }

        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
        Assert.That(Analyze("a"), Does.Contain("Read 3 of 3 units.").And.Contain("a.o was read: new."));
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Another_patched_function_reads_no_dump()
    {
        Assert.That(Analyze("a", "small"), Does.Contain("Read 0 of 3 units."));
        Assert.That(_directory.Exists(Store));
        MustBeClean("a", "small");
    }

    [Test]
    public void A_recompiled_object_is_the_only_one_that_is_read()
    {
        _directory.Write("src/b.c", Source.Replace("NAME", "b", StringComparison.Ordinal) + "int more(int x) { return small(x); }\n");
        _directory.Gcc("src/b.c", "tree/b.o");
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
        Assert.That(Analyze("small"), Does.Contain("Read 1 of 3 units.").And.Contain("b.o was read: its dump changed."));
        MustBeClean("small");
    }

    [Test]
    public void Touched_files_make_nothing_run()
    {
        var manifest = _directory.At(TaskDirectory.Manifest);
        var before = (File.GetLastWriteTimeUtc(manifest), File.ReadAllText(manifest));
        foreach (var file in Directory.GetFiles(_directory.At("tree")))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-5));
        }

        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
        var log = Analyze("a");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log, Does.Contain("Read 3 of 3 units.").And.Contain("The inputs say the same as before: the last result is repeated."));
            Assert.That(log, Does.Contain("a.o was read: its dump changed, but it says the same as before."));
            Assert.That((File.GetLastWriteTimeUtc(manifest), File.ReadAllText(manifest)), Is.EqualTo(before));
            Assert.That(Analyze("a"), Does.Contain("Inputs and options are unchanged: the last result is repeated.").And.None.Contain("Read"));
        }
    }

    [Test]
    public void A_full_hash_reads_everything_and_finds_the_same()
    {
        var task = TaskDirectory.Analyze(new TaskItem("a"));
        task.FullHash = "true";
        var (succeeded, log) = _directory.Run(task);
        Assert.That(succeeded);
        Assert.That(log.Messages.Select(m => m.Message), Does.Contain("Read 3 of 3 units.").And.Contain("a.o was read: IpaFullHash is true, but it says the same as before."));
        task.FullHash = "perhaps";
        Assert.That(_directory.Run(task).Log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1005"]));
    }

    [Test]
    public void Explaining_reads_no_dump()
    {
        var (succeeded, log) = _directory.Run(new IpaExplainFunction { Function = "small", ExplainFile = "obj/ipa/explanation.txt" });
        Assert.That(succeeded);
        Assert.That(log.Messages.Select(m => m.Message), Does.Contain("Read 0 of 3 units."));
        Assert.That(File.ReadAllText(_directory.At("obj/ipa/explanation.txt")), Does.Contain("small").And.Contain("c.o"));
    }

    [Test]
    public void A_store_that_cannot_be_written_is_a_warning_and_no_difference()
    {
        foreach (var file in Directory.GetFiles(_directory.At("obj/ipa"), "summaries*"))
        {
            File.Delete(file);
        }

        Directory.CreateDirectory(_directory.At(Store));
        var (succeeded, log) = _directory.Run(TaskDirectory.Analyze(new TaskItem("small")));
        Assert.That(succeeded);
        Assert.That(log.Coded, Has.One.Items.And.All.StartsWith("IPA9003 "));
        Directory.Delete(_directory.At(Store));
        MustBeClean("small");
    }

    [Test]
    public void Clean_removes_the_store_also_when_the_list_is_lost([Values] bool listed)
    {
        // As a kill in the middle of writing leaves it.
        _directory.Write("obj/ipa/.0123456789abcdef0123456789abcdef.tmp", "half");
        if (!listed)
        {
            File.Delete(_directory.At(TaskDirectory.OutputList));
        }

        _directory.MustRun(TaskDirectory.Clean());
        Assert.That(Directory.Exists(_directory.At("obj/ipa")), Is.False);
    }

    private string[] Analyze(params string[] functions)
    {
        var (succeeded, log) = _directory.Run(TaskDirectory.Analyze([.. functions.Select(f => new TaskItem(f))]));
        Assert.That(log.Coded, Is.Empty);
        Assert.That(succeeded);
        return [.. log.Messages.Select(m => m.Message ?? "")];
    }

    /// <summary>The manifest must be the one of a build without any state.</summary>
    private void MustBeClean(params string[] functions)
    {
        var manifest = File.ReadAllText(_directory.At(TaskDirectory.Manifest));
        Directory.Delete(_directory.At("obj"), recursive: true);
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("tree")));
        Analyze(functions);
        Assert.That(File.ReadAllText(_directory.At(TaskDirectory.Manifest)), Is.EqualTo(manifest));
    }
}
