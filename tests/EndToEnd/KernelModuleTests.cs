using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>Modules that kbuild compiles.</summary>
internal sealed class KernelModuleTests : PackageTest
{
    // `uname -r` need not be the kernel whose headers are installed.
    private static string Headers => "-p:IpaTestKernelBuildDir=" + Tools.RequireKernelHeaders();

    [Test]
    public void The_sample_builds_against_installed_headers()
    {
        Tools.RequireKernelHeaders();
        var project = NewProject().CopySample("KernelModule");
        var build = project.Build().MustSucceed();
        var manifest = Manifest.Load(build.ManifestPath);

        var slot = manifest.Patched("slot");
        var body = manifest.Patched("format_body");
        var header = manifest.Patched("packet_entry_used");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(manifest.Complete);
            Assert.That(File.Exists(project.Path("module", "packetlog.ko")));
            Assert.That(manifest.Summary("objects"), Is.EqualTo(4 + Tools.ModuleCommonObject(project.Path("module")).Length), "three of the module, its .mod.o and what a newer kernel adds; not the composite packetlog.o");
            Assert.That(slot.SourceFile, Is.EqualTo("ring.c"));
            Assert.That(slot.AffectedKeys, Is.EqualTo(["ring.o!packetlog_add", "ring.o!packetlog_count", "ring.o!packetlog_get"]));
            Assert.That(body["packetlog_format"].Reasons, Has.Some.StartsWith("callsClone from format_body."));
            Assert.That(body.FunctionsToPatch, Is.EqualTo(["format.o!packetlog_format"]));
            Assert.That(header.SourceFile, Is.EqualTo("packetlog.h"));
            Assert.That(header.Instances, Is.EqualTo(["format.o!packet_entry_used -", "ring.o!packet_entry_used -"]));
            Assert.That(
                header.AffectedKeys,
                Is.EqualTo(["format.o!packetlog_format", "ring.o!packetlog_count", "ring.o!packetlog_get"]));
        }
    }

    [TestCase(ProjectStyle.NetSdk)]
    [TestCase(ProjectStyle.NoTargets)]
    public void An_alias_of_the_init_function_is_an_instance(ProjectStyle style)
    {
        var build = Module("""<IpaPatchedFunction Include="packetlog_init" />""", style).Build(Headers).MustSucceed();
        var init = Manifest.Load(build.ManifestPath).Patched("packetlog_init");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(init.Instances, Is.EqualTo(["main.o!init_module", "main.o!packetlog_init"]));
            Assert.That(init.AffectedKeys, Is.Empty);
        }
    }

    [Test]
    public void A_tree_name_prefixes_the_objects()
    {
        var project = NewProject().WrapSample("KernelModule", """
            <IpaKernelModule Include="module" KernelBuildDir="$(IpaTestKernelBuildDir)" TreeName="log" />
            <IpaPatchedFunction Include="slot" />
            """);
        var build = project.Build(Headers).MustSucceed();
        Assert.That(Manifest.Load(build.ManifestPath).Patched("slot").Instances, Is.EqualTo(["log/ring.o!slot -"]));
    }

    [Test]
    public void Two_modules_need_names_if_their_objects_clash()
    {
        var project = NewProject().Wrap("""
            <IpaKernelModule Include="one;two/" KernelBuildDir="$(IpaTestKernelBuildDir)">
              <TreeName Condition="'$(Named)' == 'true'">%(Identity)</TreeName>
            </IpaKernelModule>
            <IpaPatchedFunction Include="f" AllMatches="true" />
            """);
        foreach (var module in new[] { "one", "two" })
        {
            project.Write(module + "/Kbuild", "obj-m := m.o\n").Write(module + "/m.c", $$"""
                #include <linux/module.h>
                static int f(int x) { return x + 1; }
                int {{module}}_g(int x) { return f(x); }
                MODULE_LICENSE("GPL");

                """);
        }

        var headers = Headers;
        project.Build(headers).MustFailWith("IPA1007");
        var build = project.Build(headers, "-p:Named=true").MustSucceed();
        Assert.That(build.ToPatch.Select(i => i.Identity), Is.EquivalentTo(["one/m.o!one_g", "two/m.o!two_g"]));
    }

    [Test]
    public void The_users_flags_are_kept_beside_ours()
    {
        var project = NewProject().WrapSample("KernelModule", """
            <IpaKernelModule Include="module" KernelBuildDir="$(IpaTestKernelBuildDir)" MakeArguments="KCFLAGS=-DPACKETLOG_MARK" />
            <IpaPatchedFunction Include="slot" />
            """);
        project.Edit("module/ring.c", "#include \"packetlog.h\"", "#include \"packetlog.h\"\n#ifndef PACKETLOG_MARK\n#error no mark\n#endif");
        var build = project.Build(Headers).MustSucceed();
        Assert.That(Manifest.Load(build.ManifestPath).Patched("slot").Affected, Is.Not.Empty);
    }

    [Test]
    public void A_c_error_is_an_error_in_the_c_file()
    {
        var project = Module("").Edit("module/ring.c", "added = 0;", "added = nothing;");
        var error = project.Build(Headers).MustFailWith("IPA2001");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.File, Does.EndWith("module/ring.c"));
            Assert.That(error.Line, Is.EqualTo(LineOf(project, "module/ring.c", "nothing;")));
            Assert.That(error.Column, Is.GreaterThan(1));
            Assert.That(error.Message, Does.Contain("nothing"));
        }
    }

    [Test]
    public void An_undefined_symbol_is_modposts_error()
    {
        var project = Module("").Edit("module/ring.c", "added = 0;", "added = 0;\n\t{ void packetlog_missing(void); packetlog_missing(); }");
        Assert.That(project.Build(Headers).MustFailWith("IPA2005").Message, Does.Contain("packetlog_missing"));
    }

    [Test]
    public void A_broken_makefile_is_makes_error()
    {
        var project = Module("").Write("module/Kbuild", "obj-m := packetlog.o\npacketlog-y := main.o absent.o\n");
        project.Build(Headers).MustFailWith("IPA2004");
    }

    [Test]
    public void Missing_headers_have_a_code()
    {
        Tools.Require("make");
        Module("").Build("-p:IpaTestKernelBuildDir=/nonexistent/build").MustFailWith("IPA1009");
    }

    [Test]
    public void Clang_has_a_code() =>
        NewProject().WrapSample("KernelModule", """
            <IpaKernelModule Include="module" KernelBuildDir="$(IpaTestKernelBuildDir)" MakeArguments="LLVM=1" />
            """).Build(Headers).MustFailWith("IPA1012");

    [Test]
    public void A_missing_make_has_a_code() =>
        Module("").Build(Headers, "-p:IpaMake=no-such-make").MustFailWith("IPA1011");

    [TestCase("my module")]
    [TestCase("my:module")]
    public void A_module_path_that_kbuild_cannot_take_has_a_code(string directory)
    {
        var headers = Headers;
        var project = Module("");
        Directory.Move(project.Path("module"), project.Path(directory));
        project.Wrap($"""<IpaKernelModule Include="{directory}" KernelBuildDir="$(IpaTestKernelBuildDir)" />""");
        project.Build(headers).MustFailWith("IPA1008");
    }

    [Test]
    public void A_wrapper_with_a_blank_in_its_path_can_name_a_module_elsewhere()
    {
        var headers = Headers;
        var module = NewProject().CopySample("KernelModule").Path("module");
        var project = NewProject("my project").Wrap($"""
            <IpaKernelModule Include="{module}" KernelBuildDir="$(IpaTestKernelBuildDir)" />
            <IpaPatchedFunction Include="slot" />
            """);
        Assert.That(Manifest.Load(project.Build(headers).MustSucceed().ManifestPath).Patched("slot").Affected, Has.Count.EqualTo(3));
    }

    private static int LineOf(TestProject project, string path, string text) =>
        Array.FindIndex(File.ReadAllLines(project.Path(path)), l => l.Contains(text, StringComparison.Ordinal)) + 1;

    private TestProject Module(string items, ProjectStyle style = ProjectStyle.NoTargets) =>
        NewProject().WrapSample("KernelModule", $"""
            <IpaKernelModule Include="module" KernelBuildDir="$(IpaTestKernelBuildDir)" />
            {items}
            """, style);
}
