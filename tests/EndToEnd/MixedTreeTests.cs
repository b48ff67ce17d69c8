using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>A tree that holds more than C units of the target.</summary>
internal sealed class MixedTreeTests : PackageTest
{
    private const string Kbuild = """
        obj-m := packetlog.o
        packetlog-y := main.o ring.o format.o entry.o

        # A host tool of two objects, compiled without KCFLAGS.
        hostprogs := gentable
        gentable-objs := gentable_main.o gentable_text.o
        always-y := gentable boot.o

        # Boot code has flags of its own, as arch/x86/boot has.
        quiet_cmd_cc_boot = CC      $@
              cmd_cc_boot = $(CC) -O2 -ffreestanding -c -o $@ $<
        $(obj)/boot.o: $(src)/boot.c FORCE
        	$(call if_changed,cc_boot)
        targets += boot.o

        """;

    [Test]
    public void Only_c_units_of_the_target_count()
    {
        var headers = Tools.RequireKernelHeaders();
        var project = Tree($"""
            <IpaKernelModule Include="module" KernelBuildDir="{headers}" />
            <IpaPatchedFunction Include="slot" />
            """);
        Check(project, project.Build());
    }

    [Test]
    public void The_same_tree_made_by_something_else()
    {
        var headers = Tools.RequireKernelHeaders();
        var project = Tree("""
            <IpaObjectTree Include="module" SourceDir="module" />
            <IpaPatchedFunction Include="slot" />
            """);
        ChildProcess.MustRun(
            "make", ["-C", headers, "M=" + project.Path("module"), "KCFLAGS=-fdump-ipa-clones -fcallgraph-info", "modules"], project.Directory);
        Check(project, project.Build());
    }

    private static void Check(TestProject project, BuildResult build)
    {
        var common = Tools.ModuleCommonObject(project.Path("module")).Length;
        var manifest = Manifest.Load(build.MustSucceed().ManifestPath);
        using (Assert.EnterMultipleScope())
        {
            // Where kbuild ran is not recorded for a module that something else made, so that it cannot be compiled again.
            Assert.That(manifest.DiagnosticCodes.Except(["IPA6001"]), Is.Empty);
            Assert.That(manifest.Complete);
            Assert.That(manifest.Summary("objects"), Is.EqualTo(4 + common), "main, ring, format and the module's .mod.o; from Linux 6.12 on also what all modules share");
            Assert.That(manifest.Patched("slot").AffectedKeys, Is.EqualTo(["ring.o!packetlog_add", "ring.o!packetlog_count", "ring.o!packetlog_get"]));
        }
    }

    private TestProject Tree(string items) =>
        NewProject().WrapSample("KernelModule", items)
            .Write("module/Kbuild", Kbuild)
            .Write("module/entry.S", "\t.data\n\t.globl packetlog_magic\npacketlog_magic:\n\t.long 1\n")
            .Write("module/gentable_main.c", "void put(const char *);\nint main(void) { put(\"x\"); return 0; }\n")
            .Write("module/gentable_text.c", "#include <stdio.h>\nvoid put(const char *);\nvoid put(const char *t) { puts(t); }\n")
            .Write("module/boot.c", "static int twice(int x) { return 2 * x; }\nint boot(int x) { return twice(x); }\n");
}
