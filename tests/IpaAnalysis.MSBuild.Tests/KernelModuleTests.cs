using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.Files;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Tests;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>A kernel module against installed headers: outputs, list and Clean.</summary>
internal sealed class KernelModuleTests
{
    private TaskDirectory _directory = null!;
    private string _headers = "";
    private string[] _sources = [];

    [SetUp]
    public void SetUp()
    {
        Tools.Require("make");
        Tools.Require("gcc");
        _headers = Tools.RequireKernelHeaders();
        _directory = new TaskDirectory();
        _directory.Write("module/Kbuild", "obj-m := m.o\nm-y := main.o part.o\n");
        _directory.Write("module/part.c", "int m_part(int x) { return x; }\n");
        _directory.Write("module/main.c", """
            #include <linux/module.h>
            int m_part(int x);
            static int __init m_init(void) { return m_part(0); }
            module_init(m_init);
            MODULE_LICENSE("GPL");

            """);
        _directory.Write("module/mine.ci", "");
        _sources = _directory.Files();
    }

    [TearDown]
    public void TearDown() => _directory?.Dispose();

    [Test]
    public void Build_and_clean()
    {
        var build = _directory.MustRun(Build(_headers));
        var item = build.BuiltModules.Single();
        var list = File.ReadAllText(_directory.At(TaskDirectory.OutputList));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.ItemSpec, Is.EqualTo("module"));
            Assert.That(item.GetMetadata("KernelBuildDir"), Is.Not.Empty);
            Assert.That(item.GetMetadata("KernelSourceDir"), Is.Not.Empty);
            Assert.That(list, Does.Contain("module/main.ci").And.Contain("module/part.c.000i.ipa-clones").And.Contain("module/part.o"));
            Assert.That(list, Does.Not.Contain("mine.ci"));
        }

        Clean(_headers);
        Assert.That(_directory.Files(), Is.EqualTo(_sources));
    }

    [Test]
    public void A_build_that_cannot_start_make_keeps_the_dumps()
    {
        _directory.MustRun(Build(_headers));
        var before = _directory.Snapshot();
        var (_, log) = _directory.Run(Build("/nowhere"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1009"]));
            Assert.That(_directory.Snapshot(), Is.EqualTo(before));
        }
    }

    [Test]
    public void A_module_that_is_no_input_any_more_is_built_with_dumps_after_clean()
    {
        _directory.MustRun(Build(_headers));
        _directory.MustRun(new IpaBuildKernelModules { Make = "make", StateDirectory = "obj/ipa/modules/" });
        Assert.That(_directory.Exists("module/part.c.000i.ipa-clones"));
        _directory.MustRun(TaskDirectory.Clean());
        Assert.That(_directory.Exists("module/part.c.000i.ipa-clones"), Is.False);
        _directory.MustRun(Build(_headers));
        Assert.That(_directory.Exists("module/part.c.000i.ipa-clones"));
    }

    [Test]
    public void A_failed_make_leaves_nothing_after_clean()
    {
        _directory.Write("module/part.c", "int m_part(int x) { return ; \n");
        var (succeeded, log) = _directory.Run(Build(_headers));
        Assert.That(succeeded, Is.False);
        Assert.That(log.Errors.Select(e => e.Code), Has.Member("IPA2001"));
        Clean(_headers);
        Assert.That(_directory.Files(), Is.EqualTo(_sources));
    }

    [Test]
    public void A_missing_module_directory()
    {
        var task = Build(_headers);
        task.Modules[0].ItemSpec = "nowhere";
        var (succeeded, log) = _directory.Run(task);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Errors.Select(e => e.Code), Is.EqualTo(["IPA1004"]));
            Assert.That(task.BuiltModules, Is.Empty);
        }
    }

    private static IpaBuildKernelModules Build(string headers) =>
        new() { Modules = [Module(headers)], Make = "make", Jobs = 2, StateDirectory = "obj/ipa/modules/" };

    private void Clean(string headers)
    {
        var task = TaskDirectory.Clean();
        task.Modules = [Module(headers)];
        _directory.MustRun(task);
    }

    private static TaskItem Module(string headers)
    {
        var module = new TaskItem("module");
        module.SetMetadata("KernelBuildDir", headers);
        return module;
    }
}
