using IpaAnalysis.Building.Kbuild;
using IpaAnalysis.Collection;
using IpaAnalysis.Collection.Units;

namespace IpaAnalysis.Tests.Collection;

/// <summary>What links into a module is a unit wherever it lies.</summary>
internal sealed class ModuleObjectTests
{
    private const string Dump = ".c.000i.ipa-clones";

    /// <summary>A module directory as kbuild leaves it, with one object in a sibling directory, whose other files are another's.</summary>
    private static TemporaryTree Module(string root = "", string recordedRoot = "")
    {
        var files = new TemporaryTree("ipa-module-objects-");
        recordedRoot = recordedRoot.Length > 0 ? recordedRoot : files[root].TrimEnd('/');
        foreach (var (place, source) in ((string, string)[])[("net/main", "net/main"), ("net/net.mod", "net/net.mod"), ("net/../common/util", "common/util"), ("common/foreign", "common/foreign")])
        {
            var path = Path.Combine(root, source);
            files.Touch($"{path}.c", $"{path}.o", $"{path}{Dump}", $"{path}.ci");
            files.Write(
                $"{Path.GetDirectoryName(path)}/.{Path.GetFileName(path)}.o.cmd",
                $"cmd_{recordedRoot}/{place}.o := gcc -D__KERNEL__ -fdump-ipa-clones -fcallgraph-info -c -o {recordedRoot}/{place}.o {recordedRoot}/{place}.c\n");
        }

        files.Touch(Path.Combine(root, "net/net.ko"), Path.Combine(root, "net/net.o"));
        files.Write(Path.Combine(root, "net/.net.o.cmd"), $"cmd_{recordedRoot}/net/net.o := ld -r -o {recordedRoot}/net/net.o @{recordedRoot}/net/net.mod\n");
        files.Write(Path.Combine(root, "net/net.mod"), $"{recordedRoot}/net/main.o\n{recordedRoot}/net/../common/util.o\n");
        files.Write(Path.Combine(root, "net/.net.mod.cmd"), $"cmd_{recordedRoot}/net/net.mod := echo main.o ../common/util.o > {recordedRoot}/net/net.mod\n");
        return files;
    }

    [Test]
    public void An_object_in_a_sibling_directory_is_a_unit()
    {
        using var files = Module();
        var tree = files.Collect("net");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tree.Diagnostics, Is.Empty);
            Assert.That(tree.Units.Select(u => (u.Object, u.DumpPath)), Is.EqualTo([
                ("__/common/util.o", files[$"common/util{Dump}"]), ("main.o", files[$"net/main{Dump}"]), ("net.mod.o", files[$"net/net.mod{Dump}"])]));
            Assert.That((tree.Units[0].ObjectPath, tree.Units[0].CallGraphPath, tree.Units[0].SourcePath), Is.EqualTo((files["common/util.o"], files["common/util.ci"], files["common/util.c"])));
            Assert.That(tree.Units[0].Command!.DumpsClones);
        }

        // A tree that holds both has each once.
        Assert.That(files.Collect().Units.Select(u => u.Object), Is.EqualTo(["common/foreign.o", "common/util.o", "net/main.o", "net/net.mod.o"]));
    }

    [Test]
    public void A_tree_that_was_moved_finds_it_too()
    {
        using var files = Module("moved", "/elsewhere/drv");
        Assert.That(files.Collect("moved/net").Units.Select(u => u.Object), Is.EqualTo(["__/common/util.o", "main.o", "net.mod.o"]));
    }

    [Test]
    public void A_directory_of_that_name_is_another_one()
    {
        using var files = Module();
        files.Touch("net/__/common/own.o", $"net/__/common/own{Dump}");
        Assert.That(files.Collect("net").Units.Select(u => u.Object), Is.EqualTo(["__/common/own.o", "__/common/util.o", "main.o", "net.mod.o"]));
    }

    [Test]
    public void An_object_that_is_missing_or_lacks_its_dump_is_told()
    {
        using var files = Module();
        File.Delete(files[$"common/util{Dump}"]);
        Assert.That(files.Collect("net").Diagnostics.Select(d => (d.Code, d.File)), Is.EqualTo([("IPA2010", files["common/util.c"])]));
        File.Delete(files["common/util.o"]);
        var tree = files.Collect("net");
        Assert.That(tree.Diagnostics.Select(d => (d.Code, d.File)), Is.EqualTo([("IPA2010", files["net/net.mod"])]));
        Assert.That(tree.Diagnostics[0].Message, Does.Contain("'__/common/util.o', which is not there"));

        // What an earlier build left is nobody's.
        File.Delete(files["net/net.ko"]);
        Assert.That(files.Collect("net").Diagnostics, Is.Empty);
    }

    [Test]
    public void Kbuild_compiles_and_finds_and_cleans_what_lies_elsewhere()
    {
        var headers = Tools.RequireKernelHeaders();
        using var files = new TemporaryTree("ipa-module-");
        files.Write("net/Kbuild", "obj-m := net.o ../oth/\nnet-y := main.o ../common/util.o\n");
        files.Write("net/main.c", "#include <linux/module.h>\nint util_hash(int x);\nint net_go(int x); int net_go(int x) { return util_hash(x); }\nEXPORT_SYMBOL(net_go);\nMODULE_LICENSE(\"GPL\");\n");
        files.Write("common/util.c", "static int fold(int x) { return x ^ 3; }\nint util_hash(int x); int util_hash(int x) { return fold(x) * 3; }\n");
        files.Write("oth/Kbuild", "obj-m := oth.o\n");
        files.Write("oth/oth.c", "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\n");
        var options = new KernelModuleOptions
        {
            ModuleDirectory = files["net"],
            WorkingDirectory = files.Path,
            KernelBuildDir = headers,
            Make = "make",
            Jobs = 2,
            Environment = Sandbox.Environment,
            StateFile = files["state/module.state"],
        };
        var built = KernelModuleBuilder.Build(options, CancellationToken.None);
        Assert.That(built.Succeeded, Is.True, () => string.Join('\n', built.Log));
        Assert.That(built.OutputFiles, Does.Contain(files[$"common/util{Dump}"]).And.Contain(files["common/util.ci"]).And.Contain(files[$"oth/oth{Dump}"]));
        var tree = TreeCollector.Collect(new TreeOptions { Directory = files["net"], SourceDirectory = files["net"], WorkingDirectory = built.Kernel!.BuildDirectory }, CancellationToken.None);
        Assert.That(tree.Diagnostics, Is.Empty);
        Assert.That(tree.Units.Select(u => u.Object), Is.EqualTo([.. Tools.ModuleCommonObject(files["net"]), "__/common/util.o", "__/oth/oth.mod.o", "__/oth/oth.o", "main.o", "net.mod.o"]));
        Assert.That(tree.Units.Where(u => u.DumpPath is null || u.CallGraphPath is null || u.SourcePath is null), Is.Empty);
        Assert.That(KernelModuleBuilder.Clean(options, CancellationToken.None).Succeeded, Is.True);
        Assert.That(files.HasFile("*.ipa-clones") || files.HasFile("*.ci"), Is.False);
    }
}
