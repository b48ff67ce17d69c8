using IpaAnalysis.Collection.Snapshots;
using IpaAnalysis.MSBuild.Tests.Harness;
using IpaAnalysis.Tests;
using Microsoft.Build.Utilities;

namespace IpaAnalysis.MSBuild.Tests;

/// <summary>A build node serves several projects: its own directory and environment are nobody's.</summary>
[NonParallelizable]
internal sealed class DirectoryTests
{
    [Test]
    public void Tasks_work_in_the_project_directory()
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        using var decoy = new TaskDirectory();
        foreach (var d in new[] { directory, decoy })
        {
            d.Write("src/a.c", $"static inline int small(int x) {{ return x + 1; }}\nint caller(int x) {{ return small(x); }}\n");
        }

        // The same relative tree is in both; only the project's has a dump.
        directory.Gcc("src/a.c", "tree/t.o");
        Directory.CreateDirectory(decoy.At("tree"));
        var untouched = decoy.Snapshot();
        var current = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(decoy.Root);
            var compile = directory.MustRun(TaskDirectory.Compile("src/a.c"));
            var collect = TaskDirectory.Collect(new TaskItem("tree"));
            collect.CompiledSources = compile.CompiledSources;
            directory.MustRun(collect);
            var function = new TaskItem("small");
            function.SetMetadata("AllMatches", "true");
            var analyze = directory.MustRun(TaskDirectory.Analyze(function));
            directory.MustRun(new IpaExplainFunction { PatchedFunctions = [function], ExplainFile = "obj/ipa/explanation.txt" });
            Assert.That(analyze.AffectedFunctions.Select(i => i.ItemSpec), Is.EquivalentTo(["src/a.o!caller", "t.o!caller"]));
            Assert.That(directory.Exists("obj/ipa/explanation.txt"));
            directory.MustRun(TaskDirectory.Clean());
        }
        finally
        {
            Directory.SetCurrentDirectory(current);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(decoy.Snapshot(), Is.EqualTo(untouched));
            Assert.That(directory.Files(), Has.None.StartsWith("obj/").And.None.StartsWith("bin/"));
        }
    }

    [Test]
    public void Tools_are_found_in_the_path_of_the_project()
    {
        Tools.Require("gcc");
        using var directory = new TaskDirectory();
        directory.Write("a.c", "int f(void) { return 1; }\n");
        directory.Environment["PATH"] = "/nowhere";
        var (_, compile) = directory.Run(TaskDirectory.Compile("a.c"));
        directory.Write("module/Kbuild", "obj-m := m.o\n");
        var (_, make) = directory.Run(new IpaBuildKernelModules { Modules = [new TaskItem("module")], Make = "make", StateDirectory = "obj/ipa/modules/" });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(compile.Errors.Select(e => e.Code), Is.EqualTo(["IPA1010"]));
            Assert.That(make.Errors.Select(e => e.Code), Has.Member("IPA1011"));
        }
    }
}
