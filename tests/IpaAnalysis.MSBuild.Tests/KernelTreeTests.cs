using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Sessions.State;
using IpaAnalysis.Tests;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>A miniature of a kernel: built, collected, analysed, and left alone by Clean.</summary>
internal sealed class KernelTreeTests
{
    private TaskDirectory _directory = null!;

    [SetUp]
    public void SetUp()
    {
        Tools.Require("make");
        Tools.Require("gcc");
        _directory = new TaskDirectory();
        FakeKernel.Write((path, text) => _directory.Write("linux/" + path, text));
        _directory.Write("build/.config", FakeKernel.Config);
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCase("build")]
    [TestCase("linux/build")]
    [TestCase("")]
    public void Objects_are_named_after_the_output_and_sources_after_the_tree(string output)
    {
        _directory.Write((output.Length > 0 ? output : "linux") + "/.config", FakeKernel.Config);
        var build = Build(Tree(output, name: "k"));
        Assert.That(_directory.Run(build).Log.Coded, Is.EqualTo(["IPA2002 unused variable 'in_time' [-Wunused-variable]"]));
        Collect(build.BuiltTrees);
        var units = CollectedUnits.Read(_directory.At(TaskDirectory.Units), out _).Units;
        var analyze = _directory.MustRun(TaskDirectory.Analyze(new TaskItem("version")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(units.Select(u => u.Object), Is.EqualTo(["k/init/main.o", "k/kernel/time/tick.o", "k/kernel/time/time.o"]));
            Assert.That(units.Select(u => u.WorkingDirectory), Is.All.EqualTo(_directory.At(output.Length > 0 ? output : "linux")));
            Assert.That(units.Select(u => u.SourcePath), Has.Member(_directory.At("linux/init/main.c")));
            Assert.That(
                analyze.AffectedFunctions.Select(a => $"{a.GetMetadata("PatchedFunction")} {a.GetMetadata("Symbol")} {a.GetMetadata("SourceFile")}"),
                Is.EquivalentTo([
                    "include/generated/version.h:version time_get kernel/time/time.c",
                    "include/generated/version.h:version scale kernel/time/time.c",
                ]));
        }
    }

    [Test]
    public void Clean_leaves_the_tree_and_takes_what_we_remembered()
    {
        _directory.Run(Build(Tree("build")));
        Assert.That(_directory.Files().Count(f => f.StartsWith("obj/ipa/trees/", StringComparison.Ordinal)), Is.EqualTo(2));
        var trees = Trees();
        Assert.That(trees, Has.Some.EndsWith("time.c.000i.ipa-clones").And.Some.EndsWith("time.ci"));
        _directory.MustRun(TaskDirectory.Clean());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.Files(), Has.None.StartsWith("obj/"));
            Assert.That(Trees(), Is.EqualTo(trees));
        }

        string[] Trees() => [.. _directory.Files().Where(f => !f.StartsWith("obj/", StringComparison.Ordinal))];
    }

    [Test]
    public void A_tree_that_is_no_input_any_more_is_left_alone_and_forgotten()
    {
        _directory.Run(Build(Tree("build")));
        _directory.MustRun(Build());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_directory.Files(), Has.None.StartsWith("obj/ipa/trees/"));
            Assert.That(_directory.Exists("build/kernel/time/time.c.000i.ipa-clones"));
        }
    }

    [Test]
    public void One_tree_built_into_two_directories()
    {
        _directory.Write("other/.config", FakeKernel.Config);
        var build = Build(Tree("build"), Tree("other", name: "o", arguments: "KCFLAGS=-DOTHER"));
        Assert.That(_directory.Run(build).Log.Warnings.Select(w => w.Code), Is.EqualTo(["IPA2002", "IPA2002"]));
        Assert.That(_directory.Run(build).Log.Warnings.Select(w => w.Code), Is.EqualTo(["IPA2002", "IPA2002"]));
        Collect(build.BuiltTrees);
        var units = CollectedUnits.Read(_directory.At(TaskDirectory.Units), out _).Units;
        Assert.That(units.Select(u => u.Object), Has.Member("init/main.o").And.Member("o/init/main.o").And.Exactly(6).Items);
    }

    [Test]
    public void A_tree_without_configuration_is_an_error_and_no_other_is_lost()
    {
        var build = Build(Tree("nowhere"), Tree("build"));
        var (succeeded, log) = _directory.Run(build);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(succeeded, Is.False);
            Assert.That(log.Errors.Select(e => (e.Code, e.File)), Is.EqualTo([("IPA1021", _directory.At("nowhere"))]));
            Assert.That(build.BuiltTrees, Has.Length.EqualTo(1));
        }
    }

    private static IpaBuildKernelTrees Build(params ITaskItem[] trees) =>
        new() { Trees = trees, Make = "make", Jobs = 2, StateDirectory = "obj/ipa/trees/" };

    private void Collect(ITaskItem[] trees)
    {
        var collect = TaskDirectory.Collect();
        collect.KernelTrees = trees;
        _directory.MustRun(collect);
    }

    private static TaskItem Tree(string output, string name = "", string arguments = "")
    {
        var tree = new TaskItem("linux");
        tree.SetMetadata("OutputDir", output);
        tree.SetMetadata("TreeName", name);
        tree.SetMetadata("MakeArguments", arguments);
        return tree;
    }
}
