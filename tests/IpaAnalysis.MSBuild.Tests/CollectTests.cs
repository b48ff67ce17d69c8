using IpaAnalysis.MSBuild.Tests.Harness;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>What the collecting task reports itself.</summary>
internal sealed class CollectTests
{
    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TaskDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void A_missing_tree()
    {
        var (succeeded, log) = _directory.Run(TaskDirectory.Collect(new TaskItem("nowhere {0}")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Errors.Single().Code, Is.EqualTo("IPA1004"));
            Assert.That(log.Errors.Single().Message, Does.Contain("'nowhere {0}'"));
            Assert.That(_directory.Exists(TaskDirectory.Units), Is.False);
        }
    }

    [Test]
    public void Two_trees_with_objects_of_one_name()
    {
        _directory.Write("a.c", "int f(int x) { return x; }\n");
        _directory.Gcc("a.c", "one/a.o");
        _directory.Gcc("a.c", "two/a.o");
        var (succeeded, log) = _directory.Run(TaskDirectory.Collect(new TaskItem("one"), new TaskItem("two")));
        Assert.That(succeeded, Is.False);
        Assert.That(log.Errors.Select(e => e.Code), Is.All.EqualTo("IPA1007").And.Not.Empty);

        var named = new TaskItem("two");
        named.SetMetadata("TreeName", "second");
        _directory.MustRun(TaskDirectory.Collect(new TaskItem("one"), named));
    }

    [Test]
    public void A_compiled_source_without_a_dump()
    {
        var source = new TaskItem("a.o");
        source.SetMetadata("Object", "a.o");
        source.SetMetadata("ObjectPath", _directory.Write("a.o", ""));
        source.SetMetadata("SourcePath", _directory.Write("a.c", ""));
        var task = TaskDirectory.Collect();
        task.CompiledSources = [source];
        var (succeeded, log) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded);
            Assert.That(log.Warnings.Select(w => (w.Code, w.File)), Is.EqualTo([("IPA2010", _directory.At("a.c"))]));
        }
    }

    [Test]
    public void Missing_compile_commands_are_reported()
    {
        _directory.Write("a.c", "int f(int x) { return x; }\n");
        _directory.Gcc("a.c", "tree/a.o");
        var task = TaskDirectory.Collect(new TaskItem("tree"));
        task.CompileCommands = "nowhere.json";
        Assert.That(_directory.Run(task).Log.Coded, Is.Not.Empty);
    }
}
