using IpaAnalysis.EndToEnd.Harness;
using IpaAnalysis.EndToEnd.Manifests;

namespace IpaAnalysis.EndToEnd;

/// <summary>What a compile of the package's own reports.</summary>
internal sealed class CompileTests : PackageTest
{
    [Test]
    public void An_error_in_c_is_an_error_of_the_build()
    {
        var error = Sources("int f(void)\n{\n    return nothing;\n}\n").Build().MustFailWith("IPA2001");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.File, Does.EndWith("src/a.c"));
            Assert.That(error.Line, Is.EqualTo(3));
            Assert.That(error.Column, Is.EqualTo(12));
            Assert.That(error.Message, Does.Contain("nothing"));
        }
    }

    [Test]
    public void A_missing_include_is_an_error_of_the_build()
    {
        var error = Sources("\n#include \"absent.h\"\n").Build().MustFailWith("IPA2001");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.File, Does.EndWith("src/a.c"));
            Assert.That(error.Line, Is.EqualTo(2));
        }
    }

    [Test]
    public void A_warning_in_c_is_a_warning_of_the_build_each_time()
    {
        var project = Sources("static int unused(void)\n{\n    return 0;\n}\n");
        var first = project.Build("-p:IpaCompilerFlags=-O2 -Wall").MustSucceed();
        var second = project.Build("-p:IpaCompilerFlags=-O2 -Wall").MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            var warning = first.MustWarnWith("IPA2002");
            Assert.That(warning.File, Does.EndWith("src/a.c"));
            Assert.That((warning.Line, warning.Column), Is.EqualTo((1, 12)));
            Assert.That(second.MustWarnWith("IPA2002"), Is.EqualTo(warning), "a build with nothing to do says it again");
        }
    }

    [Test]
    public void A_warning_can_be_hidden_or_made_an_error()
    {
        var project = Sources("static int unused(void) { return 0; }\n");
        Assert.That(project.Build("-p:IpaCompilerFlags=-O2 -Wall", "-p:NoWarn=IPA2002").MustSucceed().Codes, Is.Empty);
        project.Build("-p:IpaCompilerFlags=-O2 -Wall", "-p:WarningsAsErrors=IPA2002").MustFailWith("IPA2002");
    }

    [Test]
    public void Treating_warnings_as_errors_changes_the_report_only()
    {
        var project = Sources("static int unused(void) { return 0; }\n").Edit(
            "Wrapper.csproj", "<TargetFramework>", "<IpaCompilerFlags>-O2 -Wall</IpaCompilerFlags><TargetFramework>");
        project.Build("-p:MSBuildTreatWarningsAsErrors=true").MustFailWith("IPA2002");
        var build = project.Build().MustSucceed();
        build.MustWarnWith("IPA2002");
        Assert.That(Manifest.Load(build.ManifestPath).Complete);
    }

    [Test]
    public void The_build_recovers_when_the_error_is_mended()
    {
        var project = Sources("int f(void) { return nothing; }\n");
        project.Build().MustFailWith("IPA2001");
        project.Build().MustFailWith("IPA2001");
        project.Edit("src/a.c", "nothing", "1").Build().MustSucceed();
    }

    [Test]
    public void Flags_of_one_source_come_after_those_of_all()
    {
        Tools.Require("gcc");
        var build = NewProject().Write("src/a.c", "#if X != 2\n#error X\n#endif\n").Write("src/b.c", "#if X != 1\n#error X\n#endif\n").Wrap("""
            <IpaSource Include="src/a.c" CompilerFlags="-UX -DX=2" />
            <IpaSource Include="src/b.c" />
            """).Build("-p:IpaCompilerFlags=-O2 -DX=1").MustSucceed();
        Assert.That(Manifest.Load(build.ManifestPath).Summary("objects"), Is.EqualTo(2));
    }

    [Test]
    public void Preprocessed_sources_are_compiled_too()
    {
        Tools.Require("gcc");
        var build = NewProject().Write("src/a.i", "static int f(int x) { return x; }\nint g(int x) { return f(x); }\n").Wrap("""
            <IpaSource Include="src/a.i" />
            <IpaPatchedFunction Include="f" />
            """).Build().MustSucceed();
        Assert.That(build.ToPatch.Select(i => i.Identity), Is.EqualTo(["src/a.o!g"]));
    }

    [Test]
    public void A_missing_compiler_has_a_code() =>
        Sources("int x;\n").Build("-p:IpaCompiler=no-such-gcc").MustFailWith("IPA1010");

    [Test]
    public void Clang_has_a_code()
    {
        // What clang prints; the name alone would prove little, and cc is clang on some systems.
        const string Script = "#!/bin/sh\necho 'Debian clang version 14.0.6'\necho 'Target: x86_64-pc-linux-gnu'\n";
        var project = Sources("int x;\n").Write("tools/cc", Script);
        File.SetUnixFileMode(project.Path("tools", "cc"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.That(project.Build("-p:IpaCompiler=tools/cc").MustFailWith("IPA1012").Message, Does.Contain("clang"));
    }

    [Test]
    public void A_flag_that_asks_for_something_else_has_a_code() =>
        Sources("int x;\n").Build("-p:IpaCompilerFlags=-E").MustFailWith("IPA1014");

    [Test]
    public void An_unknown_scope_has_a_code() =>
        Sources("int x;\n").Build("-p:IpaManifestScope=everything").MustFailWith("IPA1005");

    [Test]
    public void A_missing_source_has_a_code()
    {
        Tools.Require("gcc");
        NewProject().Wrap("""<IpaSource Include="src/absent.c" />""").Build().MustFailWith("IPA1003");
    }

    [Test]
    public void A_source_that_is_not_c_has_a_code()
    {
        Tools.Require("gcc");
        NewProject().Write("src/a.cpp", "int x;\n").Wrap("""<IpaSource Include="src/a.cpp" />""").Build().MustFailWith("IPA1016");
    }

    [Test]
    public void Two_sources_of_one_object_have_a_code()
    {
        Tools.Require("gcc");
        NewProject().Write("src/a.c", "int x;\n").Write("src/a.i", "int y;\n").Wrap("""<IpaSource Include="src/a.*" />""")
            .Build().MustFailWith("IPA1006");
    }

    [Test]
    public void Several_target_frameworks_have_a_code()
    {
        var project = NewProject().Write("src/a.c", "int x;\n");
        project.Wrap("""<IpaSource Include="src/*.c" />""", ProjectStyle.NetSdk)
            .Edit("Wrapper.csproj", "<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>");
        project.Build().MustFailWith("IPA1002");
    }

    [TestCase(ProjectStyle.NoTargets)]
    [TestCase(ProjectStyle.NetSdk)]
    public void A_project_without_inputs_builds_as_if_the_package_were_not_there(ProjectStyle style)
    {
        var project = NewProject().Wrap("", style);
        var build = project.Build().MustSucceed();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(build.Codes, Is.Empty);
            Assert.That(build.Items["IpaManifest"], Is.Empty);
            Assert.That(File.Exists(Path.Combine(project.OutputDirectory, "affected-functions.json")), Is.False);
        }
    }

    [Test]
    public void Disabled_it_does_nothing()
    {
        var project = Sources("int f(void) { return nothing; }\n");
        Assert.That(project.Build("-p:IpaAnalysisEnabled=false").MustSucceed().Codes, Is.Empty);
    }

    private TestProject Sources(string text)
    {
        Tools.Require("gcc");
        return NewProject().Write("src/a.c", text).Wrap("""<IpaSource Include="src/*.c" />""");
    }
}
